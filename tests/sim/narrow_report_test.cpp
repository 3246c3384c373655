/// \file
/// A report that asks for less computes less, and what it computes keeps every digit.
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "models/calibration_reader.hpp"
#include "models/workspace.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Name = std::tuple<std::string, std::string, std::string, std::string, double>;

/// Values of every output on the first 64 paths, by what the output is.
std::map<Name, std::vector<double>> values_of(const Simulation& simulation) {
  const Simulation::Plan& plan = simulation.plan();
  const std::vector<double> values = simulate_outputs(plan, 0);
  std::map<Name, std::vector<double>> all;
  for (std::size_t o = 0; o < plan.outputs.labels.size(); ++o) {
    const OutputLabel& label = plan.outputs.labels[o];
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(o * kBlockPaths);
    all[{label.series, label.by, label.key, to_string(label.period), label.threshold}] = {
        at, at + static_cast<std::ptrdiff_t>(kBlockPaths)};
  }
  return all;
}

class NarrowReport : public ::testing::Test {
 protected:
  NarrowReport() : calibration_(load_calibration("china-2026-05")), scenario_(quiet_scenario(calibration_, 19)) {}
  Simulation ask(const std::vector<std::string>& series, const std::vector<Frequency>& frequencies) {
    scenario_.report.series = series;
    scenario_.report.frequencies = frequencies;
    return Simulation(scenario_, calibration_);
  }
  Calibration calibration_;
  Scenario scenario_;
};

TEST_F(NarrowReport, ComputesTheSameDigitsAsTheWholeOne) {
  const auto whole = values_of(ask({}, ReportSpec{}.frequencies));
  for (const char* pattern : {"exports.total.value", "exports.product.memory.price", "imports.total.yoy",
                              "balance.total.value", "driver.oil_price.level", "exports.total.yoy"}) {
    for (const Frequency frequency : {Frequency::month, Frequency::year}) {
      const auto narrow = values_of(ask({pattern}, {frequency}));
      EXPECT_FALSE(narrow.empty()) << pattern;
      EXPECT_LT(narrow.size(), whole.size() / 4) << pattern;
      for (const auto& [name, values] : narrow) EXPECT_EQ(values, whole.at(name)) << pattern;
    }
  }
}

TEST_F(NarrowReport, NamesPeriodsOfTheLengthsItAsksForAlone) {
  std::size_t parts = 0;
  for (const Frequency frequency : kEveryFrequency) {
    const Simulation narrow = ask({}, {frequency});
    for (const OutputLabel& label : narrow.plan().outputs.labels) EXPECT_EQ(label.period.frequency, frequency);
    EXPECT_FALSE(narrow.plan().outputs.labels.empty());
    parts += narrow.plan().outputs.labels.size();
  }
  EXPECT_EQ(parts, ask({}, ReportSpec{}.frequencies).plan().outputs.labels.size());
}

TEST_F(NarrowReport, LeavesOutImportsAndAttributionThatNobodyAsksFor) {
  const auto model = [&](const char* series) { return ask({series}, {Frequency::year}).plan().model; };
  EXPECT_EQ(model("exports.total.value").imports.products.size, 0);
  EXPECT_FALSE(model("exports.total.value").attribution.on);
  EXPECT_FALSE(model("imports.total.value").attribution.on);
  EXPECT_TRUE(model("exports.total.yoy").attribution.on);
  for (const char* series : {"imports.product.crude_oil.value", "imports.total.share", "balance.total.value"}) {
    const bool some = series != std::string("imports.total.share");  // a total has no share of itself
    EXPECT_EQ(model(series).imports.products.size > 0, some) << series;
  }
}

TEST_F(NarrowReport, StillWeighsByWhatWasObservedOfImports) {
  Observation o;
  o.series = "imports.total.yoy";
  o.period = "2026-06";
  o.low = 10;
  o.sd = 5;
  scenario_.observations = {o};
  EXPECT_GT(ask({"exports.total.value"}, {Frequency::year}).plan().model.imports.products.size, 0);
}

}  // namespace
}  // namespace plimsoll
