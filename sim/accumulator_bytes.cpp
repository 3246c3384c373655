#include "sim/accumulator_bytes.hpp"

#include <limits>

namespace plimsoll {
namespace {

constexpr std::uint64_t kMostOutputs = 10'000'000, kMostObservations = 100'000;

void write(const WeightSums& weights, ByteWriter& out) {
  out.count(weights.alone.size());
  if (weights.alone.empty()) return;
  out.wide(weights.joint);
  out.wide(static_cast<Int128>(weights.joint_square));
  out.integer(static_cast<std::uint64_t>(weights.clipped));
  for (std::size_t k = 0; k < weights.alone.size(); ++k) {
    out.wide(weights.alone[k]);
    out.wide(static_cast<Int128>(weights.alone_square[k]));
  }
}

WeightSums read_weights(ByteReader& in) {
  WeightSums weights;
  const std::uint64_t observations = in.count();
  if (observations > kMostObservations) throw DamagedBytes("it has too many observations");
  if (observations == 0) return weights;
  weights.joint = in.wide();
  weights.joint_square = static_cast<UnsignedInt128>(in.wide());
  weights.clipped = static_cast<std::int64_t>(in.integer());
  for (std::uint64_t k = 0; k < observations; ++k) {
    weights.alone.push_back(in.wide());
    weights.alone_square.push_back(static_cast<UnsignedInt128>(in.wide()));
  }
  return weights;
}

/// The bins that are not empty, each by its distance from the one before.
template <class Count>
void write_bins(const Count* counts, ByteWriter& out) {
  std::uint64_t filled = 0;
  for (int b = 0; b < kBins; ++b) filled += counts[b] != 0 ? 1 : 0;
  out.count(filled);
  int last = -1;
  for (int b = 0; b < kBins; ++b) {
    if (counts[b] == 0) continue;
    out.count(static_cast<std::uint64_t>(b - last));
    out.count(counts[b]);
    last = b;
  }
}

template <class Count>
void read_bins(ByteReader& in, Count* counts) {
  std::uint64_t bin = 0;  // number of the bin after the last one read
  for (std::uint64_t left = in.items(); left > 0; --left) {
    const std::uint64_t step = in.count(), count = in.count();
    if (step == 0 || step > kBins || bin + step > kBins || count > std::numeric_limits<Count>::max())
      throw DamagedBytes("it counts what it cannot");
    bin += step;
    counts[bin - 1] = static_cast<Count>(count);
  }
}

}  // namespace

void write(const Accumulator& accumulator, ByteWriter& out) {
  write(accumulator.weights(), out);
  out.integer(static_cast<std::uint64_t>(accumulator.outputs()));
  out.integer(static_cast<std::uint64_t>(accumulator.paths()));
  for (int o = 0; o < accumulator.outputs(); ++o) {
    out.wide(accumulator.sums()[static_cast<std::size_t>(o)]);
    out.wide(accumulator.squares()[static_cast<std::size_t>(o)]);
    if (accumulator.weighted())
      write_bins(accumulator.weighted_counts(o), out);
    else
      write_bins(accumulator.counts(o), out);
  }
}

Accumulator read_accumulator(ByteReader& in) {
  WeightSums weights = read_weights(in);
  const std::uint64_t outputs = in.integer();
  if (outputs > kMostOutputs) throw DamagedBytes("it has too many outputs");
  Accumulator accumulator(static_cast<int>(outputs), weights.alone.size());
  accumulator.weights() = std::move(weights);
  const auto paths = static_cast<std::int64_t>(in.integer());
  std::vector<Int128> sums, squares;
  for (std::uint64_t o = 0; o < outputs; ++o) {
    sums.push_back(in.wide());
    squares.push_back(in.wide());
    if (accumulator.weighted())
      read_bins(in, accumulator.weighted_counts() + o * kBins);
    else
      read_bins(in, accumulator.counts() + o * kBins);
  }
  accumulator.set_sums(std::move(sums), std::move(squares), paths);
  return accumulator;
}

}  // namespace plimsoll
