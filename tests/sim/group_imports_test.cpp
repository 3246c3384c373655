#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "models/estimation/calibrate.hpp"
#include "models/estimation/printed_spans.hpp"
#include "models/estimation/split_history.hpp"
#include "models/printed_imports.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/number_text.hpp"
#include "shipped_tables.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {
namespace {

class GroupImports : public ::testing::Test {
 protected:
  TableFiles beliefs_ = shipped_tables(kGroupBeliefs), figures_ = shipped_tables(kGroupFigures);
  BacktestOptions options_{.from = Month::of(2025, 9), .paths = 1024, .threads = 2};

  AsOfInputs inputs() const { return {beliefs_, figures_, kGroupBeliefs, kGroupFigures, TradeFlow::imports}; }
  TableFiles made(const AsOfInputs& in, Month origin) const {
    return estimate_again(as_of_tables(in, origin, "then"), "then", "then").files;
  }
  PrintedGroups groups(Month until = Month::of(2026, 5)) const {
    return printed_groups(figures_, "", TradeFlow::imports, Month::of(2024, 1), until);
  }
};

MonthSpan span(int year, int first, int last) { return {Month::of(year, first), Month::of(year, last)}; }
bool same(const std::vector<MonthSpan>& a, const std::vector<MonthSpan>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const MonthSpan& x, const MonthSpan& y) { return x.first == y.first && x.last == y.last; });
}

TEST(PrintedSpans, AreTheShortestThatEveryListDividesIntoSpansOfItsOwn) {
  const std::vector<MonthSpan> a{span(2024, 1, 2), span(2024, 3, 3), span(2024, 4, 6), span(2024, 7, 7)},
      b{span(2024, 1, 3), span(2024, 4, 5), span(2024, 6, 6), span(2024, 8, 8)};
  EXPECT_TRUE(same(common_spans({a, b}), {span(2024, 1, 3), span(2024, 4, 6)}));
  EXPECT_TRUE(same(common_spans({a}), a));
  // A month that nobody prints ends what was open; what began before it is not taken up again behind it.
  EXPECT_TRUE(same(common_spans({{span(2024, 1, 1), span(2024, 3, 4)}, {span(2024, 1, 1), span(2024, 3, 3)}}),
                   {span(2024, 1, 1)}));
  // Ends that differ are passed over until all lists end a span.
  EXPECT_TRUE(same(common_spans({{span(2024, 1, 2), span(2024, 3, 5)}, {span(2024, 1, 3), span(2024, 4, 5)}}),
                   {span(2024, 1, 5)}));
}

TEST(PrintedSpans, HaveAGrowthWhereBothYearsArePrinted) {
  const std::vector<MonthSpan> printed{span(2024, 1, 5), span(2024, 6, 7), span(2025, 1, 2), span(2025, 3, 3),
                                       span(2025, 4, 4), span(2025, 5, 5), span(2025, 6, 6), span(2026, 1, 2)};
  EXPECT_TRUE(same(spans_with_growth(printed), {span(2025, 1, 5), span(2026, 1, 2)}));
}

TEST_F(GroupImports, AreTheLinesThatArePrintedAndTheRestOfTheTotal) {
  const PrintedGroups data = groups();
  ASSERT_EQ(data.groups.size(), 19U);
  EXPECT_EQ(data.groups.front().id, "total");
  EXPECT_EQ(data.groups[1].id, "integrated_circuits");
  EXPECT_EQ(data.groups[1].products.size(), 3U);
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    double parts = 0;
    for (std::size_t g = 1; g < data.groups.size(); ++g) parts += data.level[g][t];
    EXPECT_NEAR(parts, data.level[0][t], 1e-3) << to_string(data.period[t]);
  }
  std::vector<Month> origins;
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    if (data.origin[t] && data.period[t] >= kFirstImportOrigin) origins.push_back(data.period[t]);
    if (!data.origin[t] || data.period[t] < kFirstImportOrigin) continue;
    for (std::size_t g = 0; g < data.groups.size(); ++g)
      EXPECT_GE(data.known(g, t).size(), kFewestImportGrowths) << data.groups[g].id << to_string(data.period[t]);
  }
  // No line of December 2025 is at hand.
  EXPECT_EQ(origins,
            (std::vector<Month>{Month::of(2025, 9), Month::of(2025, 10), Month::of(2025, 11), Month::of(2026, 2),
                                Month::of(2026, 3), Month::of(2026, 4), Month::of(2026, 5)}));
}

TEST_F(GroupImports, HaveTheGrowthThatCustomsPrints) {
  const PrintedGroups data = groups();
  const auto crude = static_cast<std::size_t>(
      std::find_if(data.groups.begin(), data.groups.end(), [](const auto& g) { return g.id == "crude_oil"; }) -
      data.groups.begin());
  // January-May 2025 on 2024, then June-July, August-September, October-November, then single periods of 2026.
  ASSERT_EQ(data.printed[crude].size(), 8U);
  EXPECT_EQ(data.printed[crude][0].last - data.printed[crude][0].first, 3U);
  EXPECT_NEAR(data.printed[crude][0].growth_log, std::log((46.82 + 28.32 + 25.38 + 23.15) / 139.41), 2e-4);
  EXPECT_EQ(data.growth(crude, 14), nullptr) << "no single month of 2024 is printed";
  ASSERT_NE(data.growth(crude, data.period.size() - 1), nullptr);
  EXPECT_NEAR(std::exp(data.growth(crude, data.period.size() - 1)->growth_log), 26.67 / 23.15, 5e-4);
}

/// Makes every value of a later month a tenth larger.
void spoil(TableFiles& files, const std::string& file, const std::string& month, const std::string& column,
           Month origin) {
  TableText t(files.at(file), file);
  int spoiled = 0;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.month(r, month) <= origin) continue;
    t.set(r, column, shortest(1.1 * t.number(r, column)));
    ++spoiled;
  }
  EXPECT_GT(spoiled, 3) << file;
  files[file] = t.text();
}

TEST_F(GroupImports, UseNoFigureThatCameAfterTheOrigin) {
  for (const Month origin : {Month::of(2025, 9), Month::of(2026, 3)}) {
    TableFiles figures = figures_;
    spoil(figures, "history.csv", "month", "value_usd_bn", origin);
    spoil(figures, "import_history.csv", "month", "value_usd_bn", origin);
    TableText lines(figures.at("estimation/import_line_digits.csv"), "");
    lines.keep([&](std::size_t r) { return lines.month(r, "month") <= origin; });
    figures["estimation/import_line_digits.csv"] = lines.text();
    // What its own data moved: only the priors beside it are read.
    TableText loadings(figures.at("import_loadings.csv"), "");
    for (std::size_t r = 0; r < loadings.rows(); ++r) {
      if (loadings.at(r, "source") == "estimate") loadings.set(r, "price", "{normal: {mean: 0.5, sd: 0.1}}");
    }
    figures["import_loadings.csv"] = loadings.text();
    AsOfInputs spoiled{beliefs_, figures, kGroupBeliefs, kGroupFigures, TradeFlow::imports};
    EXPECT_EQ(made(spoiled, origin), made(inputs(), origin)) << to_string(origin);
  }
  TableFiles figures = figures_;
  spoil(figures, "import_history.csv", "month", "value_usd_bn", Month::of(2025, 8));
  AsOfInputs other{beliefs_, figures, kGroupBeliefs, kGroupFigures, TradeFlow::imports};
  EXPECT_NE(made(other, Month::of(2025, 9)), made(inputs(), Month::of(2025, 9))) << "what came before counts";
}

TEST_F(GroupImports, DivideChipsByThePriceIndexAndKeepTheLine) {
  const Month origin = Month::of(2026, 4);
  const TableFiles then = as_of_tables(inputs(), origin, "then");
  const PrintedImports before = read_printed_imports(figures_, "", Month::of(2024, 1), origin),
                       after = read_printed_imports(then, "", Month::of(2024, 1), origin);
  const auto line = [](const PrintedImports& of, Month m) {
    return of.values.at("memory").at(m) + of.values.at("computing_chips").at(m) + of.values.at("other_ics").at(m);
  };
  const auto odds = [&](const PrintedImports& of, Month m) {
    return of.values.at("memory").at(m) / (line(of, m) - of.values.at("memory").at(m));
  };
  for (Month m = Month::of(2024, 1); m <= origin; m = m + 1) EXPECT_NEAR(line(after, m), line(before, m), 1e-5);
  EXPECT_NEAR(odds(after, kSplitAnchor), odds(before, kSplitAnchor), 1e-4);
  EXPECT_GT(odds(after, origin) / odds(after, kSplitAnchor), 3);
}

TEST_F(GroupImports, AreScoredWhereBothFiguresOfAGrowthArePrinted) {
  options_.from = Month::of(2025, 11);
  const GroupBacktest two = group_backtest(inputs(), options_);
  options_.threads = 1;
  const GroupBacktest one = group_backtest(inputs(), options_);
  ASSERT_EQ(one.forecasts.size(), two.forecasts.size());
  std::map<std::pair<Month, int>, int> count;  // of lines, by origin and horizon
  for (std::size_t k = 0; k < one.forecasts.size(); ++k) {
    const ScoredForecast &a = one.forecasts[k].scored, &b = two.forecasts[k].scored;
    EXPECT_EQ(a.quantile_pct, b.quantile_pct);
    EXPECT_TRUE(std::isfinite(a.final_level.crps_pp));
    if (one.forecasts[k].group > 0) {
      ++count[{a.origin, a.horizon}];
      EXPECT_GE(a.target, Month::of(2026, 2));
    }
  }
  EXPECT_EQ(count.size(), 4U + 3U + 2U + 1U);
  for (const auto& [where, forecasts] : count) EXPECT_EQ(forecasts, 18 * 5);
  EXPECT_EQ((count.begin()->first), (std::pair{Month::of(2025, 11), 2})) << "December comes first and has no lines";
  for (const GroupOrigin& origin : one.origins) EXPECT_FALSE(origin.priors_in_time);
  // The sample's error needs six origins; four are told without.
  const GroupResults results = score_groups(one);
  const GroupScoreRow* all = find_score(results, kAllGroups, kOwnModel, 0, "crps");
  ASSERT_NE(all, nullptr);
  EXPECT_EQ(all->forecasts, 18U * 10U);
  EXPECT_TRUE(std::isnan(all->se));
  EXPECT_GT(all->mc_se, 0);
}

}  // namespace
}  // namespace plimsoll
