/// Sensitivity of exports that lognormal drivers make: shares, swings and effects are known on paper.
#include "sim/sensitivity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "scenarios/input_error.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kSd = 0.02;
constexpr double kLoading[3] = {0.3, 0.5, 0.8};
constexpr double kZ90 = 1.2815515655446004;

/// ln(exports / 10) of the first month is a sum of three normals.
Calibration three_drivers() {
  Calibration c = quiet_calibration(1, 1);
  for (int d = 0; d < 3; ++d) {
    const std::string id = "d" + std::to_string(d);
    c.declared_drivers.push_back({id, RandomNumber::fixed(kSd), RandomNumber::fixed(0.9), {}});
    c.loadings.push_back({"p0", "m0", id, RandomNumber::fixed(kLoading[d]), RandomNumber::fixed(0), 0, {}});
  }
  return c;
}
double squares() { return std::inner_product(std::begin(kLoading), std::end(kLoading), std::begin(kLoading), 0.0); }

const CellName kJune{"exports.total.value", "2026-06"};
Statistic mean_of(const CellName& cell) { return {Statistic::Kind::mean, 0, cell, {}}; }
Statistic quantile_of(const CellName& cell, double level) { return {Statistic::Kind::quantile, level, cell, {}}; }

using Rows = std::map<std::pair<std::string, std::string>, IntervalEstimate>;  // input, quantity
Rows rows_of(const SensitivityResult& result, const std::string& of) {
  Rows rows;
  for (const SensitivityRow& row : result.rows) {
    if (row.of == of) rows[{row.input, row.quantity}] = row.estimate;
  }
  return rows;
}

SensitivityResult analyse(SensitivityMethod method, const std::vector<Statistic>& of, std::int64_t points = 0,
                          std::int64_t paths = 4096, int threads = 2) {
  const Calibration c = three_drivers();
  const Scenario s = quiet_scenario(c, 12);
  return Sensitivity(s, c, {method, of, InputGrouping::group, {}, points, paths, paths}).run({.threads = threads});
}

TEST(Sensitivity, TornadoSwingsAsTheDriverDoesAndKnowsItBetterThanTheEnds) {
  const std::string median = to_string(quantile_of(kJune, 0.5)), tail = to_string(quantile_of(kJune, 0.05));
  const SensitivityResult result =
      analyse(SensitivityMethod::tornado, {quantile_of(kJune, 0.5), quantile_of(kJune, 0.05)});
  for (const bool is_tail : {false, true}) {
    const std::string& of = is_tail ? tail : median;
    const double z = is_tail ? -1.6448536269514722 : 0;
    const Rows rows = rows_of(result, of);
    for (int d = 0; d < 3; ++d) {
      const std::string input = "shocks/d" + std::to_string(d);
      const double left = std::sqrt(squares() - kLoading[d] * kLoading[d]);  // sd of the others
      const auto end = [&](double side) { return 10 * std::exp(kSd * (side * kZ90 * kLoading[d] + z * left)); };
      const IntervalEstimate low = rows.at({input, "at_p10"}), high = rows.at({input, "at_p90"}),
                             swing = rows.at({input, "swing"});
      EXPECT_NEAR(low.value, end(-1), 5 * low.se) << of << input;
      EXPECT_NEAR(high.value, end(1), 5 * high.se) << of << input;
      EXPECT_NEAR(swing.value, end(1) - end(-1), 5 * swing.se + 1e-5) << of << input;
      EXPECT_NEAR(swing.value, high.value - low.value, 1e-12);
      EXPECT_LT(swing.se, 0.2 * low.se);  // the same draws
    }
    EXPECT_GT(rows.at({"shocks/d2", "swing"}).value, rows.at({"shocks/d1", "swing"}).value);
  }
  EXPECT_EQ(result.rows[1].input, "shocks/d2");  // the greatest first, after the figure's own value
}

TEST(Sensitivity, SobolIndicesOfASumAreSquaresOfItsWeights) {
  const Rows rows = rows_of(analyse(SensitivityMethod::sobol, {mean_of(kJune)}), to_string(kJune));
  double sum = 0;
  for (int d = 0; d < 3; ++d) {
    const std::string input = "shocks/d" + std::to_string(d);
    const double share = kLoading[d] * kLoading[d] / squares();
    for (const char* quantity : {"first", "total"}) {
      const IntervalEstimate& e = rows.at({input, quantity});
      EXPECT_NEAR(e.value, share, 4 * e.se + 1e-3) << input << quantity;  // exp bends by 1e-4
      EXPECT_LT(e.se, 0.02);
    }
    sum += rows.at({input, "first"}).value;
  }
  EXPECT_NEAR(sum, 1, 0.03);
  EXPECT_NEAR(rows.at({"", "sd"}).value, 10 * kSd * std::sqrt(squares()), 5 * rows.at({"", "sd"}).se);
}

TEST(Sensitivity, SobolIndicesOfAFigureComeFromPoints) {
  // With all three held the figure is the one value that they make: its variance is theirs.
  const Statistic figure = quantile_of(kJune, 0.05);
  const Rows rows = rows_of(analyse(SensitivityMethod::sobol, {figure}, 256, 64), to_string(figure));
  for (int d = 0; d < 3; ++d) {
    const IntervalEstimate& total = rows.at({"shocks/d" + std::to_string(d), "total"});
    EXPECT_NEAR(total.value, kLoading[d] * kLoading[d] / squares(), 4 * total.se + 1e-3);
    EXPECT_LT(total.se, 0.1);
  }
}

TEST(Sensitivity, MorrisEffectsOfASumHaveNoSpreadButTheCurveOfTheQuantiles) {
  // Two steps of half a probability on four levels: z from +-1.1503 to -+0.3186, both 1.4689 long.
  const Rows rows = rows_of(analyse(SensitivityMethod::morris, {mean_of(kJune)}, 8, 64), to_string(mean_of(kJune)));
  for (int d = 0; d < 3; ++d) {
    const std::string input = "shocks/d" + std::to_string(d);
    const double effect = 10 * kSd * kLoading[d] * 1.46897 / 0.5;
    EXPECT_NEAR(rows.at({input, "mu_star"}).value, effect, 0.05 * effect);
    EXPECT_NEAR(rows.at({input, "mu"}).value, rows.at({input, "mu_star"}).value, 1e-12);
    EXPECT_LT(rows.at({input, "sigma"}).value, 0.1 * effect);
  }
}

TEST(Sensitivity, ImportanceOfDriversAddsUpToAll) {
  const CellName growth{"exports.total.yoy", "2026-06"};
  const SensitivityResult result = analyse(SensitivityMethod::importance, {mean_of(growth)});
  double share = 0, tail = 0;
  for (const SensitivityRow& row : result.rows) {
    if (row.quantity == "share") share += row.estimate.value;
    if (row.quantity == "tail_share") tail += row.estimate.value;
  }
  EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_NEAR(tail, 1, 1e-9);
}

TEST(Sensitivity, NumbersDoNotDependOnThreads) {
  const auto told = [](const SensitivityResult& result) {
    std::vector<double> values;
    for (const SensitivityRow& row : result.rows) values.insert(values.end(), {row.estimate.value, row.estimate.se});
    return values;
  };
  for (const SensitivityMethod method : {SensitivityMethod::tornado, SensitivityMethod::sobol})
    EXPECT_EQ(told(analyse(method, {mean_of(kJune)}, 4, 640, 1)), told(analyse(method, {mean_of(kJune)}, 4, 640, 4)));
}

TEST(Sensitivity, RefusesWhatIsNoFigure) {
  const Calibration c = three_drivers();
  const Scenario s = quiet_scenario(c, 12);
  const auto asked = [&](SensitivityMethod method, const CellName& cell) {
    return Sensitivity(s, c, {method, {mean_of(cell)}, InputGrouping::group, {}, 4, 64, 64});
  };
  EXPECT_THROW(asked(SensitivityMethod::tornado, {"exports.total.valu", "2026-06"}), InputError);
  EXPECT_THROW(asked(SensitivityMethod::tornado, {"exports.total.value", "2026-01"}), InputError);
  EXPECT_THROW(asked(SensitivityMethod::importance, kJune), InputError);  // not split by driver
}

TEST(SensitivityInputs, GroupEveryStreamBySubject) {
  const auto group = [](const char* stream) { return input_of_stream(stream, InputGrouping::group); };
  EXPECT_EQ(group("driver/capex.amazon/error"), "shocks/capex");
  EXPECT_EQ(group("driver/foreign_demand.us"), "shocks/foreign_demand");
  EXPECT_EQ(group("driver/shocks.strike"), "shocks/strike");
  EXPECT_EQ(group("family/loading/capex/volume"), "responses/capex");
  EXPECT_EQ(group("parameter/loading/capex/phones/all/volume"), "responses/capex");
  EXPECT_EQ(group("parameter/tariff_elasticity_1y/autos"), "parameters/tariffs");
  EXPECT_EQ(group("parameter/capex_paths.amazon.2027"), "assumptions/capex_paths");
  EXPECT_EQ(group("slope_start/product/memory"), "trend");
  EXPECT_EQ(group("residual/world"), "residuals");
  EXPECT_EQ(group("residual/imports/world"), "imports_residuals");
  EXPECT_EQ(group("parameter/imports/loading/capex/x/volume"), "responses/imports");
  const auto number = [](const char* stream) { return input_of_stream(stream, InputGrouping::number); };
  EXPECT_EQ(number("parameter/tariff_elasticity_1y/autos"), "parameters/tariff_elasticity_1y");
  EXPECT_EQ(number("parameter/capex_paths.amazon.2027"), "assumptions/capex_paths.amazon.2027");
  EXPECT_EQ(number("driver/capex"), "shocks/capex");
}

}  // namespace
}  // namespace plimsoll
