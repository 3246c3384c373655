#include "models/trade_decomposition.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/trade_file.hpp"

namespace plimsoll {
namespace {

Decomposition decomposed(const std::string& csv, const std::string& period) {
  std::vector<Problem> problems;
  const std::vector<TradeFile> files{parse_trade_file(csv, "t.csv", problems)};
  EXPECT_TRUE(problems.empty()) << problems.front().what;
  const TradeData data = join_trade_files(files, kExports);
  return decompose(data, TradeNames("china-2026-05", kExports), {*parse_data_period(period, data.last)});
}

const DecomposedRow& row(const std::vector<DecomposedRow>& rows, const std::string& key) {
  for (const DecomposedRow& one : rows) {
    if (one.key == key) return one;
  }
  throw std::runtime_error("no row " + key);
}

const std::string kHeader = "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n";
const std::string kMays = kHeader +
                          "exports,,,2024-05,100,,\nexports,,,2025-05,121,,\nexports,,,2026-05,144,,\n"
                          "exports,Mobile phones,,2024-05,10,10,10k units\n"
                          "exports,Mobile phones,,2025-05,10,100000,units\n"
                          "exports,Mobile phones,,2026-05,20,50000,units\n"
                          "exports,玩具,,2025-05,6,,\nexports,玩具,,2026-05,3,,\n"
                          "exports,Lanterns,,2025-05,2,,\nexports,Lanterns,,2026-05,4,,\n"
                          "exports,,美国,2025-05,21,,\nexports,,美国,2026-05,24,,\n"
                          "exports,,Germany,2025-05,5,,\nexports,,Germany,2026-05,6,,\n"
                          "exports,,欧盟,2025-05,30,,\nexports,,欧盟,2026-05,40,,\n";

TEST(TradeDecomposition, LogarithmicMeanLiesBetweenAndIsSmoothWhereItsTermsMeet) {
  EXPECT_NEAR(logarithmic_mean(std::exp(1.0), 1), std::exp(1.0) - 1, 1e-15);
  EXPECT_EQ(logarithmic_mean(7, 7), 7);
  EXPECT_NEAR(logarithmic_mean(7 * (1 + 1e-9), 7), 7 * (1 + 0.5e-9), 1e-14);
  EXPECT_NEAR(logarithmic_mean(7 * (1 + 1.1e-6), 7), 7 * (1 + 0.55e-6), 1e-9);
  EXPECT_DOUBLE_EQ(logarithmic_mean(3, 5), logarithmic_mean(5, 3));
}

TEST(TradeDecomposition, PriceAndVolumeAddUpToTheChangeWithoutRemainder) {
  // Both double: each has half of the change.
  const PriceVolume both = split_price_volume(40, 10, 2, 1);
  EXPECT_NEAR(both.price, 15, 1e-13);
  EXPECT_NEAR(both.volume, 15, 1e-13);
  // The price alone, the quantity alone.
  EXPECT_NEAR(split_price_volume(30, 10, 5, 5).price, 20, 1e-13);
  EXPECT_EQ(split_price_volume(30, 10, 5, 5).volume, 0);
  EXPECT_NEAR(split_price_volume(30, 10, 15, 5).volume, 20, 1e-13);
  for (const double q : {0.1, 3.0, 700.0}) {
    const PriceVolume any = split_price_volume(12.5, 31.25, q, 2);
    EXPECT_NEAR(any.price + any.volume, 12.5 - 31.25, 1e-12) << q;
  }
}

TEST(TradeDecomposition, TwoYearGrowthIsCompound) {
  EXPECT_NEAR(two_year_growth_pct(144, 100), 20, 1e-12);
  EXPECT_NEAR(two_year_growth_pct(25, 100), -50, 1e-12);
}

TEST(TradeDecomposition, ContributionsAndTheRestAddUpToGrowth) {
  const Decomposition all = decomposed(kMays, "2026-05");
  ASSERT_EQ(all.periods.size(), 1U);
  const DecomposedPeriod& may = all.periods.front();
  EXPECT_NEAR(*may.total.growth_pct, 100 * (144.0 / 121 - 1), 1e-12);
  EXPECT_NEAR(*may.total.two_year_pct, 20, 1e-12);
  for (const auto* rows : {&may.products, &may.markets}) {
    double sum = 0, shares = 0;
    for (const DecomposedRow& one : *rows) {
      if (!one.part_of.empty()) continue;
      sum += one.contribution_pp;
      shares += *one.share_pct;
    }
    EXPECT_NEAR(sum, *may.total.growth_pct, 1e-12);
    EXPECT_NEAR(shares, 100, 1e-10);
  }
  const DecomposedRow& phones = row(may.products, "phones");
  EXPECT_NEAR(phones.contribution_pp, 100 * 10.0 / 121, 1e-12);
  EXPECT_NEAR(*phones.two_year_pct, 100 * (std::sqrt(2.0) - 1), 1e-12);
  // Value doubles, quantity halves (100 000 units, however they were written): price has ln 4, volume -ln 2 of ln 2.
  EXPECT_NEAR(*phones.price_pp, 2 * phones.contribution_pp, 1e-12);
  EXPECT_NEAR(*phones.volume_pp, -phones.contribution_pp, 1e-12);
  EXPECT_NEAR(*may.total.volume_pp + *may.total.price_pp + *may.total.unsplit_pp, *may.total.growth_pct, 1e-12);
  EXPECT_NEAR(row(may.products, "labour_goods").contribution_pp, -100 * 3.0 / 121, 1e-12);
  ASSERT_EQ(all.partial_groups.size(), 1U);  // of labour-intensive goods there are toys only
  EXPECT_EQ(all.partial_groups.front().second, std::vector<std::string>{"玩具"});
  EXPECT_NEAR(row(may.products, "Lanterns").contribution_pp, 100 * 2.0 / 121, 1e-12);
  EXPECT_NEAR(row(may.products, "other").contribution_pp, 100 * (117.0 - 103) / 121, 1e-12);
}

TEST(TradeDecomposition, MembersOfABlocDoNotCountTwice) {
  const DecomposedPeriod may = decomposed(kMays, "2026-05").periods.front();
  EXPECT_EQ(row(may.markets, "Germany").part_of, "European Union");
  EXPECT_NEAR(row(may.markets, "other").contribution_pp, 100 * (80.0 - 70) / 121, 1e-12);
  // Without the bloc's own line its members are what is known of it.
  const DecomposedPeriod alone = decomposed(kHeader +
                                                "exports,,World,2025-05,10,,\nexports,,World,2026-05,12,,\n"
                                                "exports,,Germany,2025-05,2,,\nexports,,Germany,2026-05,3,,\n"
                                                "exports,,法国,2025-05,1,,\nexports,,法国,2026-05,2,,\n",
                                            "2026-05")
                                     .periods.front();
  EXPECT_NEAR(row(alone.markets, "eu").contribution_pp, 20, 1e-12);
  EXPECT_EQ(row(alone.markets, "eu").part_of, "");
}

TEST(TradeDecomposition, OtherLatinAmericaIsTheContinentLessMexico) {
  const DecomposedPeriod may = decomposed(kHeader +
                                              "exports,,,2025-05,100,,\nexports,,,2026-05,110,,\n"
                                              "exports,,Latin America,2025-05,20,,\n"
                                              "exports,,Latin America,2026-05,26,,\n"
                                              "exports,,Mexico,2025-05,8,,\nexports,,Mexico,2026-05,9,,\n"
                                              "exports,,Brazil,2025-05,6,,\nexports,,Brazil,2026-05,7,,\n",
                                          "2026-05")
                                   .periods.front();
  EXPECT_NEAR(row(may.markets, "other_latin_america").contribution_pp, 5, 1e-12);
  EXPECT_NEAR(row(may.markets, "mexico").contribution_pp, 1, 1e-12);
  EXPECT_FALSE(row(may.markets, "Brazil").part_of.empty());
}

TEST(TradeDecomposition, CellsBesideLinesAreNamedAndNotCounted) {
  const Decomposition all = decomposed(kHeader +
                                           "exports,,,2025-05,100,,\nexports,,,2026-05,110,,\n"
                                           "exports,Toys,,2025-05,1,,\nexports,Toys,,2026-05,2,,\n"
                                           "exports,Ships,us,2025-05,3,,\nexports,Ships,us,2026-05,4,,\n",
                                       "2026-05");
  EXPECT_NEAR(row(all.periods.front().products, "other").contribution_pp, 9, 1e-12);
  ASSERT_EQ(all.notes.size(), 1U);
  EXPECT_NE(all.notes.front().find("Ships"), std::string::npos);
}

TEST(TradeDecomposition, SharesAreUndefinedNearZeroGrowth) {
  const DecomposedPeriod flat = decomposed(kHeader +
                                               "exports,,,2025-05,100,,\nexports,,,2026-05,100.4,,\n"
                                               "exports,Toys,,2025-05,10,,\nexports,Toys,,2026-05,20,,\n",
                                           "2026-05")
                                    .periods.front();
  EXPECT_FALSE(row(flat.products, "labour_goods").share_pct);
  EXPECT_NEAR(row(flat.products, "labour_goods").contribution_pp, 10, 1e-12);
}

TEST(TradeDecomposition, WithoutATotalTheLinesAddUpToIt) {
  const Decomposition all = decomposed(kHeader +
                                           "exports,Toys,us,2025-05,1,,\nexports,Toys,us,2026-05,2,,\n"
                                           "exports,Ships,us,2025-05,3,,\nexports,Ships,us,2026-05,4,,\n"
                                           "exports,Ships,eu,2025-05,4,,\nexports,Ships,eu,2026-05,5,,\n",
                                       "2026-05");
  EXPECT_EQ(all.total_from, "products");
  EXPECT_NEAR(*all.periods.front().total.growth_pct, 37.5, 1e-12);
  EXPECT_NEAR(row(all.periods.front().products, "ships").contribution_pp, 25, 1e-12);
  EXPECT_NEAR(row(all.periods.front().markets, "us").contribution_pp, 25, 1e-12);
}

}  // namespace
}  // namespace plimsoll
