#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/sha256.hpp"
#include "sim/kernels.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {
namespace {

/// Known answers of Philox4x32-10 published with Random123 (Salmon et al. 2011).
TEST(Philox, GivesThePublishedKnownAnswers) {
  struct Case {
    std::uint32_t counter[4], key[2], answer[4];
  };
  const Case cases[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                         {0xffffffff, 0xffffffff},
                         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                         {0xa4093822, 0x299f31d0},
                         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
  for (const std::string& set : usable_instruction_sets()) {
    for (const Case& c : cases) {
      std::uint32_t out[4];
      kernels(set).philox(c.counter, c.key, out);
      for (int k = 0; k < 4; ++k) EXPECT_EQ(out[k], c.answer[k]) << set;
    }
  }
}

TEST(Normals, AreTheSameBytesOnEveryInstructionSet) {
  const std::vector<std::string> sets = usable_instruction_sets();
  if (sets.size() < 2) return;  // one instruction set: nothing to compare on this host
  std::vector<float> a(256), b(256);
  for (std::uint64_t path = 0; path < 64 * 1000; path += 64) {
    kernels(sets[0]).normals(7, 12345, 3, path, a.data());
    kernels(sets[1]).normals(7, 12345, 3, path, b.data());
    ASSERT_EQ(a, b);
  }
}

/// In double, from the words of the published generator: every quadrant, on every instruction set.
TEST(Normals, AreThoseOfBoxAndMullerFromTheirWords) {
  constexpr std::uint64_t kSeed = 0x1122334455667788U, kStream = 0x99AABBCCDDEEFF01U, kPath0 = (5ULL << 32U) + 64;
  constexpr std::uint32_t kDraw = 7;
  const double quarter_turn = std::acos(0.0);
  int quadrants[4] = {};
  for (const std::string& set : usable_instruction_sets()) {
    const Kernels& kernel = kernels(set);
    for (std::uint64_t path0 = kPath0; path0 < kPath0 + 64 * 500; path0 += 64) {
      std::vector<float> z(256);
      DrawPlan plan;
      plan.seed = kSeed;
      kernel.planned_normals(plan, kStream, kDraw, path0, nullptr, z.data());
      for (std::uint32_t lane = 0; lane < 64; ++lane) {
        const std::uint64_t path = path0 + lane;
        const std::uint32_t counter[4] = {
            static_cast<std::uint32_t>(path), static_cast<std::uint32_t>(path >> 32U) | (kDraw << 8U),
            static_cast<std::uint32_t>(kStream), static_cast<std::uint32_t>(kStream >> 32U)};
        const std::uint32_t key[2] = {static_cast<std::uint32_t>(kSeed), static_cast<std::uint32_t>(kSeed >> 32U)};
        std::uint32_t w[4];
        kernel.philox(counter, key, w);
        for (std::size_t pair = 0; pair < 2; ++pair) {
          const double u = std::ldexp((w[2 * pair] >> 1U) | 1U, -31), radius = std::sqrt(-2 * std::log(u));
          const std::uint32_t v = w[2 * pair + 1];
          const auto inside = static_cast<std::int32_t>((v << 2U) | 2U);
          const double angle = quarter_turn * ((v >> 30U) + 0.5 * std::ldexp(inside, -31));
          const double tolerance = 1e-6 + 3e-7 / radius;
          EXPECT_NEAR(z[128 * pair + lane], radius * std::cos(angle), tolerance) << set << path;
          EXPECT_NEAR(z[128 * pair + 64 + lane], radius * std::sin(angle), tolerance) << set << path;
          ++quadrants[v >> 30U];
        }
      }
    }
  }
  for (const int seen : quadrants) EXPECT_GT(seen, 10'000);
}

TEST(Normals, HaveTheMomentsOfAStandardNormal) {
  constexpr int kBlocks = 100'000;  // 25.6 million draws
  const Kernels& kernel = kernels("");
  double sum[5] = {};
  std::vector<float> z(256);
  for (int block = 0; block < kBlocks; ++block) {
    kernel.normals(1, 99, 0, static_cast<std::uint64_t>(block) * 64, z.data());
    for (const float f : z) {
      const double x = static_cast<double>(f);
      double power = 1;
      for (double& s : sum) s += (power *= x);
    }
  }
  const double n = 256.0 * kBlocks;
  // Standard errors of the raw moments: var(x^k) = E x^2k - (E x^k)^2.
  EXPECT_NEAR(sum[0] / n, 0, 4 * std::sqrt(1 / n));
  EXPECT_NEAR(sum[1] / n, 1, 4 * std::sqrt(2 / n));
  EXPECT_NEAR(sum[2] / n, 0, 4 * std::sqrt(15 / n));
  EXPECT_NEAR(sum[3] / n, 3, 4 * std::sqrt(96 / n));
  EXPECT_NEAR(sum[4] / n, 0, 4 * std::sqrt(945 / n));
}

TEST(Normals, PassKolmogorovSmirnov) {
  const Kernels& kernel = kernels("");
  std::vector<float> all;
  std::vector<float> z(256);
  for (std::uint64_t block = 0; block < 2000; ++block) {
    kernel.normals(5, 3, 1, block * 64, z.data());
    all.insert(all.end(), z.begin(), z.end());
  }
  std::sort(all.begin(), all.end());
  const double n = static_cast<double>(all.size());
  double distance = 0;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const double p = 0.5 * std::erfc(-static_cast<double>(all[k]) / std::sqrt(2.0));
    distance =
        std::max({distance, std::abs(p - static_cast<double>(k) / n), std::abs(p - static_cast<double>(k + 1) / n)});
  }
  EXPECT_LT(distance * std::sqrt(n), 1.95);  // 0.1% critical value
}

TEST(Normals, OfDifferentStreamsAreUncorrelated) {
  const Kernels& kernel = kernels("");
  std::vector<float> a(256), b(256);
  double sum = 0;
  for (std::uint64_t block = 0; block < 4000; ++block) {
    kernel.normals(5, sha256_prefix64("driver/oil_price"), 0, block * 64, a.data());
    kernel.normals(5, sha256_prefix64("driver/memory_price"), 0, block * 64, b.data());
    for (std::size_t k = 0; k < 256; ++k) sum += static_cast<double>(a[k]) * static_cast<double>(b[k]);
  }
  EXPECT_LT(std::abs(sum) / std::sqrt(256.0 * 4000), 4);
}

}  // namespace
}  // namespace plimsoll
