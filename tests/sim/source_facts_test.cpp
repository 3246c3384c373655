/// Published accounting, reproduced by the program's own accounting (outputs' kernels on observed months, and runs).
/// Intervals are what the printed rounding allows; where a later vintage moves a figure the comment says so.
/// Fact numbers and gaps: docs/validation/source-facts.md.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/calibration_reader.hpp"
#include "models/scenario_sets.hpp"
#include "sim/growth_outputs.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Kind = OutputPlan::Kind;
using Of = SetDefinition::Of;

/// The published calibration, a run of it, and outputs over observed months.
class Accounting {
 public:
  Accounting()
      : scenario_(with_set(load_calibration("china-2026-05"))),
        calibration_(with_sets(load_calibration("china-2026-05"), scenario_.sets)),
        simulation_(scenario_, load_calibration("china-2026-05")),
        memory_(simulation_.plan().model),
        series_(reported_series(calibration_)) {
    kernels("").simulate(simulation_.plan().model, 0, Drawing::planned, 0, memory_.rows());
  }

  const Calibration& calibration() const { return calibration_; }
  const ReportedSeries& series(const std::string& name) const {
    return *std::find_if(series_.begin(), series_.end(), [&](const ReportedSeries& s) { return s.name == name; });
  }
  double value(const std::string& name, Month first, Month last) const {
    return period_sum_of(calibration_, series(name), first, last).known;
  }
  double growth(const std::string& name, Month first, Month last) const {
    return evaluate(plan(Kind::growth_pct, name, first, last));
  }
  double contribution(const std::string& name, Month first, Month last) const {
    return evaluate(plan(Kind::contribution_pp, name, first, last));
  }
  double price(const std::string& name, Month month) const {
    return evaluate(plan(Kind::price_pct, name, month, month));
  }
  double volume(const std::string& name, Month month) const {
    return evaluate(plan(Kind::volume_pct, name, month, month));
  }
  double balance(const std::string& goods, Month first, Month last) const {
    OutputPlan o = plan(Kind::balance, "exports." + goods, first, last);
    o.minus = series("imports." + goods).row;
    o.before = period_sum_of(calibration_, series("imports." + goods), first, last);
    return evaluate(o);
  }
  double change(Kind kind, Month month) const {
    return evaluate(growth_change(kind, calibration_, series("exports.total"), {Frequency::month, month, month}));
  }
  /// A value instead of what is observed: what a series at `then` would contribute to the total from `now` on.
  double contribution_of_return(const std::string& name, double to, Month first, Month last) const {
    OutputPlan o = plan(Kind::contribution_pp, name, first, last);
    o.before = o.now;
    o.now.known = to;
    o.total = period_sum_of(calibration_, series("exports.total"), first, last);
    return evaluate(o);
  }

 private:
  static Scenario with_set(const Calibration& c) {
    Scenario s = quiet_scenario(c, 7);
    SetDefinition both{"ics_and_computers", Of::products, {}, {}};
    for (const NamedSet& set : c.sets)
      if (set.id == "integrated_circuits" || set.id == "adp_equipment")
        both.weight_frac.insert(set.weight_frac.begin(), set.weight_frac.end());
    s.sets = {both};
    return s;
  }
  OutputPlan plan(Kind kind, const std::string& name, Month first, Month last) const {
    const ReportedSeries& s = series(name);
    OutputPlan o;
    o.kind = kind;
    o.series = s.row;
    o.piece = s.price_piece;
    o.now = period_sum_of(calibration_, s, first, last);
    o.before = period_sum_of(calibration_, s, first - 12, last - 12);
    o.total = period_sum_of(calibration_, series("exports.total"), first - 12, last - 12);
    o.piece_from = first - calibration_.as_of;
    o.piece_to = last - calibration_.as_of;
    return o;
  }
  double evaluate(const OutputPlan& o) const {
    std::vector<double> out(kBlockPaths);
    kernels("").evaluate(&o, 1, simulation_.plan().model, memory_.rows(), out.data());
    return out.front();
  }

  Scenario scenario_;
  Calibration calibration_;
  Simulation simulation_;
  WorkspaceMemory memory_;
  std::vector<ReportedSeries> series_;
};

const Accounting& accounts() {
  static const Accounting all;
  return all;
}
const Month kMay26 = Month::of(2026, 5), kJan26 = Month::of(2026, 1), kApr26 = Month::of(2026, 4);

const Month kJan25 = Month::of(2025, 1), kDec25 = Month::of(2025, 12);

// S0-028, S0-029, S0-030, S0-031, S0-111; the revised total of May 2026 is +19.2%, the first print +19.4%.
TEST(IntegratedCircuitsAndComputers, BroughtNinePointThreePointsAndHalfOfTheGrowthOfMay2026) {
  const Accounting& a = accounts();
  EXPECT_NEAR(a.growth("exports.chain.integrated_circuits", kMay26, kMay26), 110.9, 0.9);  // dollars of lines: 0.2%
  EXPECT_NEAR(a.growth("exports.chain.adp_equipment", kMay26, kMay26), 66.1, 0.7);
  const double points = a.contribution("exports.chain.ics_and_computers", kMay26, kMay26);
  EXPECT_NEAR(points, 9.3, 0.05);
  EXPECT_NEAR(100 * points / a.growth("exports.total", kMay26, kMay26), 48, 0.5);
  EXPECT_NEAR(points,
              a.contribution("exports.chain.integrated_circuits", kMay26, kMay26) +
                  a.contribution("exports.chain.adp_equipment", kMay26, kMay26),
              1e-9);
}

// S0-045, S0-046, S0-047, S0-120.
TEST(ImportsOfIntegratedCircuits, GrewBySixtyEightPercentAsPriceTimesVolumeOfThePrintedLine) {
  const Accounting& a = accounts();
  const auto& lines = a.calibration().imports.lines;
  const auto line =
      std::find_if(lines.begin(), lines.end(), [](const ImportLine& l) { return l.set == "integrated_circuits"; });
  ASSERT_NE(line, lines.end());
  const auto at = [&](const std::vector<double>& x, Month m) {
    return x.at(static_cast<std::size_t>(m - a.calibration().detail_from));
  };
  const double volume = at(line->quantity, kMay26) / at(line->quantity, kMay26 - 12);
  const double value = at(line->value, kMay26) / at(line->value, kMay26 - 12);
  EXPECT_NEAR(100 * (volume - 1), -1.0, 0.5);
  EXPECT_NEAR(100 * (value / volume - 1), 69.7, 0.75);
  EXPECT_NEAR(100 * (value - 1), 68, 0.5);
  EXPECT_NEAR(a.growth("imports.chain.integrated_circuits", kMay26, kMay26), 100 * (value - 1), 0.01);
}

// S0-042..S0-044, S0-119; S0-048, S0-049, S0-121: the program's split of products whose quantity customs prints.
TEST(PriceAndVolume, AreThePrintedOnesOfCopperOreAndCrudeOilAndMultiplyToTheirGrowth) {
  const Accounting& a = accounts();
  EXPECT_NEAR(a.price("imports.product.copper_ore", kMay26), 36, 0.5);
  EXPECT_NEAR(a.volume("imports.product.copper_ore", kMay26), -1.4, 0.05);
  EXPECT_NEAR(a.price("imports.product.crude_oil", kMay26), 62.4, 0.2);
  EXPECT_NEAR(a.volume("imports.product.crude_oil", kMay26), -29.0, 0.05);
  for (const char* goods : {"imports.product.copper_ore", "imports.product.crude_oil"}) {
    const double both = (1 + a.price(goods, kMay26) / 100) * (1 + a.volume(goods, kMay26) / 100);
    EXPECT_NEAR(100 * (both - 1), a.growth(goods, kMay26, kMay26), 1e-9) << goods;
  }
}

// S0-176: -44.6 of 1336.2 bn.
TEST(MemoryBackAtItsLevelOfJanuaryToApril2025, CostsThreePointThreePointsOfTheBaseOf2026) {
  const Accounting& a = accounts();
  const double before = a.value("exports.product.memory", kJan25, kApr26 - 12);
  EXPECT_NEAR(a.contribution_of_return("exports.product.memory", before, kJan26, kApr26), -3.3, 0.05);
}

// S0-177: a tenth of 293.5 of 1336.2 bn.
TEST(AiGoodsATenthLower, CostTwoPointTwoPointsOfTheBaseOf2026) {
  const Accounting& a = accounts();
  const double cut = 0.9 * a.value("exports.chain.ai", kJan26, kApr26);
  EXPECT_NEAR(a.contribution_of_return("exports.chain.ai", cut, kJan26, kApr26), -2.2, 0.05);
}

TEST(AiGoodsATenthLower, CostATenthOfTheirShareWhenRun) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 1);
  const auto values = [&](const Scenario& scenario, const std::string& series) {
    const Simulation simulation(scenario, c);
    const std::vector<double> all = simulate_outputs(simulation.plan(), 0);
    for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
      const OutputLabel& label = simulation.plan().outputs.labels[o];
      const auto from = all.begin() + static_cast<std::ptrdiff_t>(o * 64);
      if (label.series == series && label.period == Period{Frequency::month, c.as_of + 1, c.as_of + 1})
        return std::vector<double>(from, from + 64);
    }
    return std::vector<double>();
  };
  const std::vector<double> total = values(s, "exports.total.value"), share = values(s, "exports.chain.ai.share");
  GenericShock shock;
  shock.name = "ai";
  shock.products = {"ai_chain"};
  shock.markets = {"all"};
  shock.process.kind = "path";
  shock.process.points = {{c.as_of + 1, RandomNumber::fixed(90)}};
  s.shocks = {shock};
  const std::vector<double> cut = values(s, "exports.total.value");
  for (std::size_t lane = 0; lane < 64; ++lane) {
    // A group that belongs to the chain in part falls by 0.9^weight, not by a tenth of its weight.
    EXPECT_NEAR(100 * (cut[lane] / total[lane] - 1), -0.1 * share[lane], 0.01 * share[lane] * 0.1 * 2);
  }
}

// S1-001..S1-004, S1-033. First prints: (1.059 x 1.083 / 1.076 - 1) = +6.6%; the calibration holds later levels.
TEST(TheBaseEffectOfDecember2025, TurnsNovembersGrowthAndTwoMonthlyChangesIntoDecembers) {
  EXPECT_NEAR(100 * (1.059 * 1.083 / 1.076 - 1), 6.6, 0.05);
  const Accounting& a = accounts();
  const auto monthly = [&](Month m) { return a.value("exports.total", m, m) / a.value("exports.total", m - 1, m - 1); };
  const double november = a.growth("exports.total", kDec25 - 1, kDec25 - 1);
  const double december = a.growth("exports.total", kDec25, kDec25);
  EXPECT_NEAR(100 * (monthly(kDec25) - 1), 8.3, 0.1);  // revised: 8.2
  EXPECT_NEAR(100 * (monthly(kDec25 - 12) - 1), 7.6, 0.05);
  EXPECT_NEAR(100 * ((1 + november / 100) * monthly(kDec25) / monthly(kDec25 - 12) - 1), december, 1e-9);
  EXPECT_NEAR(december, 6.6, 0.2);
  EXPECT_NEAR(november, 5.9, 0.15);
  const double base = a.change(Kind::base_effect_pp, kDec25), momentum = a.change(Kind::momentum_pp, kDec25);
  EXPECT_NEAR(a.change(Kind::change_pp, kDec25), december - november, 1e-9);
  EXPECT_NEAR(base + momentum, december - november, 1e-9);
  EXPECT_LT(base, 0);  // December 2024 was high: goods shipped ahead of tariffs
  EXPECT_GT(momentum, 0);
}

// S0-062, S0-063, S0-077, S0-078, S0-081, S0-083..S0-085, S0-159..S0-164.
TEST(ChainBalancesOf2025, AreThePublishedOnes) {
  const Accounting& a = accounts();
  const auto both = [&](const char* goods, double exports, double imports, double balance, double rounding) {
    EXPECT_NEAR(a.value(std::string("exports.") + goods, kJan25, kDec25), exports, 0.05) << goods;
    EXPECT_NEAR(a.value(std::string("imports.") + goods, kJan25, kDec25), imports, 0.05) << goods;
    EXPECT_NEAR(a.balance(goods, kJan25, kDec25), balance, rounding) << goods;
  };
  both("chain.ai", 701.8, 687.6, 14.3, 0.15);  // printed 14.3; the printed levels give 14.2
  both("chain.ai_core", 221.4, 352.2, -130.8, 0.05);
  both("chain.memory_compute", 162.7, 319.0, -156.3, 0.05);
  const auto balance = [&](const char* goods) { return a.balance(goods, kJan25, kDec25); };
  EXPECT_NEAR(balance("chain.ai_core") - balance("chain.memory_compute"), 25.5, 0.05);  // servers and network
  EXPECT_NEAR(balance("chain.ai") - balance("chain.ai_core"), 145.0, 0.15);             // the rest of the chain
}

// SX-011..SX-013: what January to May lock in, and what 2026 at +4% and +2% would need of its rest.
TEST(TheYear2026, HasSixPercentLockedInAndWouldHaveToFallToEndAtTheForecast) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 7);
  s.report.thresholds_pct = {2, 4};
  const RunResults results = run(Simulation(s, c), {.threads = 1});
  int found = 0;
  for (const SummaryRow& row : results.summary) {
    if (row.series != "exports.total.locked_in") continue;
    EXPECT_NEAR(row.distribution.mean, 6.1, 0.05);
    ++found;
  }
  for (const ProbabilityRow& row : results.probabilities) {
    if (row.series != "exports.total.rest_of_year" || row.event != "required") continue;
    EXPECT_NEAR(row.probability, row.threshold == 4 ? -3.5 : -6.8, 0.05);
    ++found;
  }
  EXPECT_EQ(found, 3);
}

}  // namespace
}  // namespace plimsoll
