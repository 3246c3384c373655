#include "sim/state_file.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {
namespace {

std::string bytes_of(const Tally& tally) {
  return state_bytes("abc", "outputs", std::vector<BinPlan>(static_cast<std::size_t>(tally.sums.outputs()), {1, 2}),
                     tally);
}

Tally tally_of_two() {
  Tally tally;
  tally.sums = Accumulator(2);
  tally.sums.add_block({1.25, -3e7}, {9.5, 1e-3}, 256);
  tally.sums.add_block({-7.5, 3e-9}, {1e5, 1e-3}, 256);
  tally.done.add(BlockRange{3, 4});
  tally.done.add(BlockRange{700, 701});
  tally.unsolved = 5;
  tally.sums.counters(0).counts[0] = 3;
  tally.sums.counters(0).counts[kBins - 1] = 4'000'000'000U;
  tally.sums.counters(1).counts[77] = 1;
  return tally;
}

InputKind refusal(const std::string& bytes) {
  try {
    parse_state(bytes, "there/state.bin");
  } catch (const InputError& error) {
    EXPECT_NE(to_string(error).find("there/state.bin"), std::string::npos) << to_string(error);
    EXPECT_NE(to_string(error).find("hint: "), std::string::npos) << to_string(error);
    return error.kind();
  }
  ADD_FAILURE() << "was taken";
  return InputKind::usage;
}

/// The same bytes with one changed and a SHA-256 that fits them: what only the reader's own checks can find.
std::string forged(const std::string& bytes, std::size_t at, char x) {
  std::string body = bytes.substr(0, bytes.size() - 64);
  body[at] = x;
  return body + sha256_hex(body);
}

TEST(StateFile, ComesBackAsItWas) {
  const Tally tally = tally_of_two();
  const State state = parse_state(state_bytes("abc", "outputs", {{1, 2}, {-3, 0.5}}, tally), "state.bin");
  EXPECT_EQ(state.run_hash, "abc");
  EXPECT_EQ(state.outputs_hash, "outputs");
  EXPECT_EQ(state.tally.done, tally.done);
  EXPECT_EQ(state.tally.unsolved, 5);
  EXPECT_EQ(state.tally.sums.paths(), 512);
  EXPECT_EQ(state.bins[1].centre, -3);
  EXPECT_EQ(state.bins[1].scale, 0.5);
  for (int o = 0; o < 2; ++o) {
    EXPECT_EQ(state.tally.sums.sum(o), tally.sums.sum(o));
    EXPECT_EQ(state.tally.sums.square(o), tally.sums.square(o));
    for (int b = 0; b < kBins; ++b) ASSERT_EQ(state.tally.sums.count(o, b), tally.sums.count(o, b));
  }
}

TEST(StateFile, KeepsReplicatesWhetherCountsAreSmallOrLarge) {
  Tally tally;
  tally.sums = Accumulator(2, 0, Replication::sixteen);
  tally.sums.add_block({1.25, -3e7}, {9.5, 1e-3}, 256);
  tally.done.add(BlockRange{0, 1});
  for (int k = 0; k < kReplicates * kCoarseBins; ++k) {
    const auto count = static_cast<std::uint32_t>(k % 7 == 0 || (k > 300 && k < 411) ? 0 : k % 127 + 1);
    tally.sums.counters(0).replicate_counts[k] = count;
    tally.sums.counters(1).replicate_counts[k] = count * 1000;
  }
  for (int r = 0; r < kReplicates; ++r) tally.sums.counters(1).replicate_shift[r] = std::int64_t{r - 8} << (4 * r);
  tally.sums.counters(0).replicate_shift[3] = std::numeric_limits<std::int64_t>::min();
  State state = parse_state(bytes_of(tally), "state.bin");
  for (int o = 0; o < 2; ++o) {
    const CounterRow was = tally.sums.counters(o), is = state.tally.sums.counters(o);
    for (int k = 0; k < kReplicates * kCoarseBins; ++k) ASSERT_EQ(is.replicate_counts[k], was.replicate_counts[k]);
    for (int r = 0; r < kReplicates; ++r) EXPECT_EQ(is.replicate_shift[r], was.replicate_shift[r]);
  }
}

TEST(StateFile, TakesAByteForASmallCountAndLittleForAStretchOfNone) {
  Tally tally;
  tally.sums = Accumulator(1);
  const std::size_t empty = bytes_of(tally).size();
  for (int k = 500; k < 600; ++k) tally.sums.counters(0).counts[k] = 127;
  EXPECT_EQ(bytes_of(tally).size(), empty + 100 + 3);  // a second stretch; each is longer than 128
}

TEST(StateFile, KeepsWeightsToTheLastBit) {
  Tally tally;
  tally.sums = Accumulator(1, 2);
  tally.sums.add_block({1}, {1}, 256);
  tally.done.add(BlockRange{0, 1});
  WeightSums& weights = tally.sums.weights();
  weights.joint = (static_cast<Int128>(1) << 100) + 7;
  weights.joint_square = ~static_cast<UnsignedInt128>(0);
  weights.alone = {-1, 3};
  weights.alone_square = {5, static_cast<UnsignedInt128>(1) << 127};
  weights.clipped = 9;
  tally.sums.counters(0).weighted[12] = ~std::uint64_t{0};
  const State state = parse_state(bytes_of(tally), "state.bin");
  EXPECT_TRUE(state.tally.sums.weights().joint == weights.joint);
  EXPECT_TRUE(state.tally.sums.weights().joint_square == weights.joint_square);
  EXPECT_TRUE(state.tally.sums.weights().alone == weights.alone);
  EXPECT_TRUE(state.tally.sums.weights().alone_square == weights.alone_square);
  EXPECT_EQ(state.tally.sums.weights().clipped, 9);
  EXPECT_EQ(state.tally.sums.count(0, 12), ~std::uint64_t{0});
}

TEST(StateFile, ThatIsCutOrChangedAnywhereIsRefused) {
  const std::string bytes = bytes_of(tally_of_two());
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_EQ(refusal(bytes.substr(0, n)), InputKind::data) << n;
  for (std::size_t at = 17; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    EXPECT_EQ(refusal(damaged), InputKind::data) << at;
  }
  EXPECT_EQ(refusal("something else entirely"), InputKind::data);
}

TEST(StateFile, WhosePartsDoNotFitIsRefusedEvenWithAFittingHash) {
  const std::string bytes = bytes_of(tally_of_two());
  int taken = 0;
  for (std::size_t at = 17; at < bytes.size() - 64; ++at) {
    for (const char x : {'\0', '\xff'}) {
      try {
        parse_state(forged(bytes, at, x), "state.bin");
        ++taken;  // another sum or bin edge is as good as the one before
      } catch (const InputError& error) {
        EXPECT_EQ(error.kind(), InputKind::data);
      }
    }
  }
  EXPECT_GT(taken, 0);
}

TEST(StateFile, OfAnotherFormatIsIncompatible) {
  std::string old = bytes_of(tally_of_two());
  old[15] = '2';
  EXPECT_EQ(refusal(old), InputKind::incompatible);
  EXPECT_EQ(refusal("PLIMSOLL-STATE-1\x05"
                    "abcde and so on"),
            InputKind::incompatible);
}

TEST(StateFile, ThatIsNotThereIsRefused) { EXPECT_THROW(read_state("/nowhere/state.bin"), InputError); }

TEST(BlockRanges, JoinWhatTouchesAndFindWhatIsMissing) {
  BlockRanges done;
  for (const std::int64_t block : {5, 1, 2, 9, 0, 6}) done.add(BlockRange{block, block + 1});
  EXPECT_EQ(done.ranges(), (std::vector<BlockRange>{{0, 3}, {5, 7}, {9, 10}}));
  EXPECT_EQ(done.count(), 6);
  const BlockRanges missing = done.missing_from({2, 12});
  EXPECT_EQ(missing.ranges(), (std::vector<BlockRange>{{3, 5}, {7, 9}, {10, 12}}));
  EXPECT_EQ(missing.at(0), 3);
  EXPECT_EQ(missing.at(2), 7);
  EXPECT_EQ(missing.at(5), 11);
  EXPECT_FALSE(done.overlaps(missing));
  EXPECT_TRUE(done.overlaps(BlockRanges({6, 8})));
  EXPECT_TRUE(done.contains(BlockRanges({1, 3})));
  EXPECT_FALSE(done.contains(BlockRanges({1, 4})));
  done.add(missing);
  EXPECT_EQ(done.ranges(), (std::vector<BlockRange>{{0, 12}}));
  EXPECT_TRUE(done.missing_from({0, 12}).empty());
  EXPECT_TRUE(BlockRanges().missing_from({3, 3}).empty());
}

}  // namespace
}  // namespace plimsoll
