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
template <class CountOf>
void write_bins(int bins, CountOf count_of, ByteWriter& out) {
  std::uint64_t filled = 0;
  for (int b = 0; b < bins; ++b) filled += count_of(b) != 0 ? 1 : 0;
  out.count(filled);
  int last = -1;
  for (int b = 0; b < bins; ++b) {
    if (count_of(b) == 0) continue;
    out.count(static_cast<std::uint64_t>(b - last));
    out.count(count_of(b));
    last = b;
  }
}

template <class Count>
void read_bins(ByteReader& in, std::uint64_t bins, Count* counts) {
  std::uint64_t bin = 0;  // number of the bin after the last one read
  for (std::uint64_t left = in.items(); left > 0; --left) {
    const std::uint64_t step = in.count(), count = in.count();
    if (step == 0 || step > bins || bin + step > bins || count > std::numeric_limits<Count>::max())
      throw DamagedBytes("it counts what it cannot");
    bin += step;
    counts[bin - 1] = static_cast<Count>(count);
  }
}

constexpr int kReplicateBins = kReplicates * kCoarseBins;

}  // namespace

void write(const Accumulator& accumulator, ByteWriter& out) {
  write(accumulator.weights(), out);
  out.count(accumulator.replicated() ? 1 : 0);
  out.integer(static_cast<std::uint64_t>(accumulator.outputs()));
  out.integer(static_cast<std::uint64_t>(accumulator.paths()));
  for (int o = 0; o < accumulator.outputs(); ++o) {
    out.wide(accumulator.sums()[static_cast<std::size_t>(o)]);
    out.wide(accumulator.squares()[static_cast<std::size_t>(o)]);
    write_bins(
        kBins, [&](int b) { return accumulator.count(o, b); }, out);
    if (!accumulator.replicated()) continue;
    write_bins(
        kReplicateBins, [&](int b) { return accumulator.replicate_count(o, b / kCoarseBins, b % kCoarseBins); }, out);
    for (int r = 0; r < kReplicates; ++r) out.integer(static_cast<std::uint64_t>(accumulator.replicate_shift(o, r)));
  }
}

Accumulator read_accumulator(ByteReader& in) {
  WeightSums weights = read_weights(in);
  const std::uint64_t replicated = in.count(), outputs = in.integer();
  if (replicated > 1) throw DamagedBytes("it has neither replicates nor none");
  if (outputs > kMostOutputs) throw DamagedBytes("it has too many outputs");
  Accumulator accumulator(static_cast<int>(outputs), weights.alone.size(),
                          replicated == 1 ? Replication::sixteen : Replication::none);
  accumulator.weights() = std::move(weights);
  const auto paths = static_cast<std::int64_t>(in.integer());
  std::vector<Int128> sums, squares;
  for (int o = 0; o < accumulator.outputs(); ++o) {
    sums.push_back(in.wide());
    squares.push_back(in.wide());
    const CounterRow row = accumulator.counters(o);
    if (accumulator.weighted())
      read_bins(in, kBins, row.weighted);
    else
      read_bins(in, kBins, row.counts);
    if (replicated == 0) continue;
    if (accumulator.weighted())
      read_bins(in, kReplicateBins, row.replicate_weighted);
    else
      read_bins(in, kReplicateBins, row.replicate_counts);
    for (int r = 0; r < kReplicates; ++r) row.replicate_shift[r] = static_cast<std::int64_t>(in.integer());
  }
  accumulator.set_sums(std::move(sums), std::move(squares), paths);
  return accumulator;
}

}  // namespace plimsoll
