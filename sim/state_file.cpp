#include "sim/state_file.hpp"

#include <fstream>
#include <iterator>

#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/sha256.hpp"
#include "sim/accumulator_bytes.hpp"

namespace plimsoll {
namespace {

constexpr std::string_view kMagic = "PLIMSOLL-STATE-";
constexpr std::size_t kHashCharacters = 64;
constexpr std::int64_t kMostBlocks = std::int64_t{1} << 40;

[[noreturn]] void refuse(InputKind kind, const std::string& file, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(kind, {Problem{Place{file}, "", what, why, hint}});
}
[[noreturn]] void refuse_damaged(const std::string& file, const std::string& why) {
  refuse(InputKind::data, file, "the state of the run is damaged", why,
         "take the file from a copy, or delete it: 'plimsoll resume' then begins again");
}

BlockRanges read_ranges(ByteReader& in) {
  BlockRanges done;
  std::int64_t at = 0;
  for (std::uint64_t left = in.items(); left > 0; --left) {
    const std::uint64_t gap = in.count(), length = in.count();
    if (length == 0 || gap > kMostBlocks || length > kMostBlocks) throw DamagedBytes("its ranges of blocks are none");
    const std::int64_t first = at + static_cast<std::int64_t>(gap);
    at = first + static_cast<std::int64_t>(length);
    done.add(BlockRange{first, at});
  }
  return done;
}

}  // namespace

void Tally::merge(const Tally& other) {
  sums.merge(other.sums);
  tail.merge(other.tail);
  done.add(other.done);
  unsolved += other.unsolved;
}

std::string hash_of_outputs(const OutputSelection& outputs) {
  std::string text;
  for (const OutputLabel& label : outputs.labels) {
    text += std::to_string(static_cast<int>(label.table)) + '\t' + label.series + '\t' + label.by + '\t' + label.key +
            '\t' + to_string(label.period.frequency) + '\t' + to_string(label.period) + '\t' + label.unit + '\t' +
            shortest(label.threshold) + '\n';
  }
  return sha256_hex(text);
}

std::string state_bytes(const std::string& run_hash, const std::string& outputs_hash, const std::vector<BinPlan>& bins,
                        const Tally& tally, int threads, Scheduler scheduler) {
  ByteWriter out;
  out.raw(kMagic);
  out.raw(std::to_string(kStateFormat) + "\n");
  out.text(run_hash);
  out.text(outputs_hash);
  out.integer(static_cast<std::uint64_t>(tally.unsolved));
  out.count(tally.done.ranges().size());
  std::int64_t at = 0;
  for (const BlockRange& range : tally.done.ranges()) {
    out.count(static_cast<std::uint64_t>(range.first - at));
    out.count(static_cast<std::uint64_t>(range.last - range.first));
    at = range.last;
  }
  out.count(bins.size());
  for (const BinPlan& plan : bins) {
    out.real(plan.centre);
    out.real(plan.scale);
  }
  write(tally.sums, threads, scheduler, out);
  tally.tail.write(out);
  out.raw(sha256_hex(out.bytes()));
  return out.take();
}

State parse_state(const std::string& bytes, const std::string& file) {
  const std::string_view all(bytes);
  if (all.substr(0, kMagic.size()) != kMagic) refuse_damaged(file, "it does not begin as a state does");
  const std::size_t line = all.find('\n', kMagic.size());
  const std::string format(all.substr(kMagic.size(), std::min<std::size_t>(line - kMagic.size(), 1)));
  if (format.empty()) refuse_damaged(file, "it is cut short");
  if (format != std::to_string(kStateFormat))
    refuse(InputKind::incompatible, file, "the state of the run has format " + format,
           "this version reads format " + std::to_string(kStateFormat), "run the scenario again");
  if (line == std::string_view::npos || all.size() < line + 1 + kHashCharacters)
    refuse_damaged(file, "it is cut short");
  const std::string_view body = all.substr(0, all.size() - kHashCharacters);
  if (sha256_hex(body) != all.substr(body.size()))
    refuse_damaged(file, "its bytes do not give the SHA-256 that stands at its end");
  State state;
  try {
    ByteReader in(body.substr(line + 1));
    state.run_hash = in.text();
    state.outputs_hash = in.text();
    state.tally.unsolved = static_cast<std::int64_t>(in.integer());
    state.tally.done = read_ranges(in);
    const std::uint64_t outputs = in.items();
    for (std::uint64_t o = 0; o < outputs; ++o) {
      const double centre = in.real();
      state.bins.push_back({centre, in.real()});
    }
    state.tally.sums = read_accumulator(in);
    state.tally.tail = TailSums::read(in);
    if (!in.at_end() || state.bins.size() != static_cast<std::size_t>(state.tally.sums.outputs()) ||
        state.tally.sums.paths() != state.tally.done.count() * kStatisticsBlock)
      throw DamagedBytes("its parts do not fit together");
  } catch (const DamagedBytes& error) {
    refuse_damaged(file, error.what());
  }
  return state;
}

State read_state(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    refuse(InputKind::data, file, "cannot read the state of the run", "",
           "a run's folder holds it beside manifest.json");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return parse_state(bytes, file);
}

}  // namespace plimsoll
