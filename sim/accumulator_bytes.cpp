#include "sim/accumulator_bytes.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

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

constexpr int kReplicateBins = kReplicates * kCoarseBins;
/// The file has a replicate's bins side by side, memory a bin's replicates. `k`: by the file's order.
int replicate_at(int k) { return k % kCoarseBins * kReplicates + k / kCoarseBins; }
int as_it_is(int k) { return k; }

/// Seven bits a byte, the lowest first, as ByteWriter::count.
char* put_count(std::uint64_t x, char* at) {
  for (; x >= 0x80; x >>= 7) *at++ = static_cast<char>(x | 0x80);
  *at++ = static_cast<char>(x);
  return at;
}

char* put_zeros(std::uint64_t zeros, char* at) {
  *at++ = 0;
  return put_count(zeros - 1, at);
}

/// First of `x` that is not zero, or `end`.
const char* after_zeros(const char* x, const char* end) {
  for (std::uint64_t word = 0; end - x >= 8; x += 8) {
    std::memcpy(&word, x, sizeof word);
    if (word != 0) break;
  }
  while (x < end && *x == 0) ++x;
  return x;
}

/// Counts one after the other; a zero is followed by the number of further zeros.
template <int kSize, class Count, class At>
void write_bins(const Count* counts, At at_of, ByteWriter& out) {
  constexpr std::size_t kMostBytes = 10;  // of a count
  char bytes[kSize * kMostBytes], low[kSize];
  char* at = bytes;
  Count all = 0;
  for (int k = 0; k < kSize; ++k) {
    const Count count = counts[at_of(k)];
    low[k] = static_cast<char>(count);
    all |= count;
  }
  if (all < 0x80) {  // the usual case: every count is its own byte
    for (const char *next = low, *const end = low + kSize; next < end;) {
      const void* const zero = std::memchr(next, 0, static_cast<std::size_t>(end - next));
      const char* const filled_to = zero == nullptr ? end : static_cast<const char*>(zero);
      at = std::copy(next, filled_to, at);
      next = after_zeros(filled_to, end);
      if (next > filled_to) at = put_zeros(static_cast<std::uint64_t>(next - filled_to), at);
    }
  } else {
    std::uint64_t zeros = 0;
    for (int k = 0; k < kSize; ++k) {
      const Count count = counts[at_of(k)];
      if (count == 0) {
        ++zeros;
        continue;
      }
      if (zeros > 0) at = put_zeros(std::exchange(zeros, 0), at);
      at = put_count(count, at);
    }
    if (zeros > 0) at = put_zeros(zeros, at);
  }
  out.raw({bytes, static_cast<std::size_t>(at - bytes)});
}

void write_outputs(const Accumulator& all, int first, int last, ByteWriter& out) {
  for (int o = first; o < last; ++o) {
    out.wide(all.sums()[static_cast<std::size_t>(o)]);
    out.wide(all.squares()[static_cast<std::size_t>(o)]);
    const ConstCounterRow row = all.counters(o);
    if (all.weighted())
      write_bins<kBins>(row.weighted, as_it_is, out);
    else
      write_bins<kBins>(row.counts, as_it_is, out);
    if (!all.replicated()) continue;
    if (all.weighted())
      write_bins<kReplicateBins>(row.replicate_weighted, replicate_at, out);
    else
      write_bins<kReplicateBins>(row.replicate_counts, replicate_at, out);
    for (int r = 0; r < kReplicates; ++r) out.difference(all.replicate_shift(o, r));
  }
}

template <class Count, class At>
void read_bins(ByteReader& in, std::uint64_t bins, At at_of, Count* counts) {
  for (std::uint64_t bin = 0; bin < bins;) {
    const std::uint64_t count = in.count();
    const std::uint64_t more_zeros = count == 0 ? in.count() : 0;
    if (count > std::numeric_limits<Count>::max() || more_zeros >= bins - bin)
      throw DamagedBytes("it counts what it cannot");
    if (count != 0) counts[at_of(static_cast<int>(bin))] = static_cast<Count>(count);
    bin += 1 + more_zeros;
  }
}

}  // namespace

void write(const Accumulator& accumulator, int threads, Scheduler scheduler, ByteWriter& out) {
  write(accumulator.weights(), out);
  out.count(accumulator.replicated() ? 1 : 0);
  out.integer(static_cast<std::uint64_t>(accumulator.outputs()));
  out.integer(static_cast<std::uint64_t>(accumulator.paths()));
  constexpr int kOutputsPerTask = 512;
  constexpr std::size_t kUsualBytes = 2048;  // of an output; only what is written takes memory
  const int outputs = accumulator.outputs();
  std::vector<ByteWriter> parts(static_cast<std::size_t>((outputs + kOutputsPerTask - 1) / kOutputsPerTask));
  for_each_task(static_cast<std::int64_t>(parts.size()), threads, scheduler, [&](std::int64_t task) {
    const int first = static_cast<int>(task) * kOutputsPerTask;
    const int last = std::min(outputs, first + kOutputsPerTask);
    parts[static_cast<std::size_t>(task)].reserve(kUsualBytes * static_cast<std::size_t>(last - first));
    write_outputs(accumulator, first, last, parts[static_cast<std::size_t>(task)]);
  });
  std::size_t bytes = 0;
  for (const ByteWriter& part : parts) bytes += part.bytes().size();
  out.reserve(bytes);
  for (ByteWriter& part : parts) out.raw(part.take());  // which frees it
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
      read_bins(in, kBins, as_it_is, row.weighted);
    else
      read_bins(in, kBins, as_it_is, row.counts);
    if (replicated == 0) continue;
    if (accumulator.weighted())
      read_bins(in, kReplicateBins, replicate_at, row.replicate_weighted);
    else
      read_bins(in, kReplicateBins, replicate_at, row.replicate_counts);
    for (int r = 0; r < kReplicates; ++r) row.replicate_shift[r] = in.difference();
  }
  accumulator.set_sums(std::move(sums), std::move(squares), paths);
  return accumulator;
}

}  // namespace plimsoll
