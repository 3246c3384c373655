#include "sim/state_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <bit>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace plimsoll {

namespace {

constexpr char kMagic[] = "PLIMSOLL-STATE-1";
constexpr char kWeightedMagic[] = "PLIMSOLL-STATE-2";  ///< with the sums of weights; bins hold weights

/// Little-endian bytes; counts as LEB128.
class Bytes {
 public:
  void integer(std::uint64_t x) {
    for (int k = 0; k < 8; ++k) text_ += static_cast<char>(x >> (8 * k) & 0xFF);
  }
  void real(double x) { integer(std::bit_cast<std::uint64_t>(x)); }
  void wide(Int128 x) {
    integer(static_cast<std::uint64_t>(x));
    integer(static_cast<std::uint64_t>(x >> 64));
  }
  void count(std::uint64_t x) {
    while (x >= 0x80) {
      text_ += static_cast<char>(x | 0x80);
      x >>= 7;
    }
    text_ += static_cast<char>(x);
  }
  void raw(const std::string& bytes) { text_ += bytes; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {}
  std::string raw(std::size_t n) {
    if (at_ + n > text_.size()) throw std::runtime_error("state file is cut short");
    at_ += n;
    return text_.substr(at_ - n, n);
  }
  std::uint64_t integer() {
    const std::string bytes = raw(8);
    std::uint64_t x = 0;
    for (std::size_t k = 0; k < 8; ++k)
      x |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[k])) << (8 * k);
    return x;
  }
  double real() { return std::bit_cast<double>(integer()); }
  Int128 wide() {
    const std::uint64_t low = integer();
    return static_cast<Int128>(static_cast<std::int64_t>(integer())) * (static_cast<Int128>(1) << 64) +
           static_cast<Int128>(low);
  }
  std::uint64_t count() {
    std::uint64_t x = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(raw(1)[0]);
      x |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return x;
    }
    throw std::runtime_error("state file is damaged");
  }
  bool at_end() const { return at_ == text_.size(); }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

void write_state(const std::string& file, const std::string& run_hash, std::int64_t paths,
                 const std::vector<BinPlan>& bins, const Accumulator& all) {
  Bytes bytes;
  bytes.raw(all.weighted() ? kWeightedMagic : kMagic);
  bytes.count(run_hash.size());
  bytes.raw(run_hash);
  bytes.integer(static_cast<std::uint64_t>(paths));
  if (all.weighted()) {
    const WeightSums& weights = all.weights();
    bytes.count(weights.alone.size());
    bytes.wide(weights.joint);
    bytes.wide(static_cast<Int128>(weights.joint_square));
    for (std::size_t k = 0; k < weights.alone.size(); ++k) {
      bytes.wide(weights.alone[k]);
      bytes.wide(static_cast<Int128>(weights.alone_square[k]));
    }
  }
  bytes.integer(bins.size());
  for (int o = 0; o < all.outputs(); ++o) {
    const auto k = static_cast<std::size_t>(o);
    bytes.real(bins[k].centre);
    bytes.real(bins[k].scale);
    bytes.wide(all.sums()[k]);
    bytes.wide(all.squares()[k]);
    int last = -1, filled = 0;
    for (int b = 0; b < kBins; ++b) filled += all.count(o, b) != 0;
    bytes.count(static_cast<std::uint64_t>(filled));
    for (int b = 0; b < kBins; ++b) {
      if (all.count(o, b) == 0) continue;
      bytes.count(static_cast<std::uint64_t>(b - last));
      bytes.count(all.count(o, b));
      last = b;
    }
  }
  const std::string temporary = file + ".tmp." + std::to_string(getpid());
  const int handle = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (handle < 0) throw std::runtime_error("cannot write " + temporary + ": " + std::strerror(errno));
  const std::string& text = bytes.text();
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t n = write(handle, text.data() + at, text.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  const bool whole = at == text.size() && fsync(handle) == 0;
  if (close(handle) != 0 || !whole || rename(temporary.c_str(), file.c_str()) != 0) {
    const std::string reason = std::strerror(errno);
    unlink(temporary.c_str());
    throw std::runtime_error("cannot write " + file + ": " + reason);
  }
}

State read_state(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file);
  Reader reader(std::string(std::istreambuf_iterator<char>(in), {}));
  const std::string magic = reader.raw(sizeof kMagic - 1);
  if (magic != kMagic && magic != kWeightedMagic)
    throw std::runtime_error(file + " is not a state file of format 1 or 2");
  State state;
  state.run_hash = reader.raw(reader.count());
  state.paths = static_cast<std::int64_t>(reader.integer());
  WeightSums weights;
  if (magic == kWeightedMagic) {
    const std::uint64_t observations = reader.count();
    if (observations == 0 || observations > 100'000) throw std::runtime_error(file + " is damaged");
    weights.joint = reader.wide();
    weights.joint_square = static_cast<UnsignedInt128>(reader.wide());
    for (std::uint64_t k = 0; k < observations; ++k) {
      weights.alone.push_back(reader.wide());
      weights.alone_square.push_back(static_cast<UnsignedInt128>(reader.wide()));
    }
  }
  const std::uint64_t outputs = reader.integer();
  if (outputs > 10'000'000) throw std::runtime_error(file + " is damaged");
  state.accumulator = Accumulator(static_cast<int>(outputs), weights.alone.size());
  state.accumulator.weights() = std::move(weights);
  std::vector<Int128> sums, squares;
  for (std::uint64_t o = 0; o < outputs; ++o) {
    const double centre = reader.real();
    state.bins.push_back({centre, reader.real()});
    sums.push_back(reader.wide());
    squares.push_back(reader.wide());
    const CounterRow row = state.accumulator.counters(static_cast<int>(o));
    int bin = -1;
    for (std::uint64_t left = reader.count(); left > 0; --left) {
      bin += static_cast<int>(reader.count());
      if (bin >= kBins) throw std::runtime_error(file + " is damaged");
      const std::uint64_t count = reader.count();
      if (row.weighted != nullptr)
        row.weighted[bin] = count;
      else
        row.counts[bin] = static_cast<std::uint32_t>(count);
    }
  }
  if (!reader.at_end()) throw std::runtime_error(file + " is damaged");
  state.accumulator.set_sums(std::move(sums), std::move(squares), state.paths);
  return state;
}

}  // namespace plimsoll
