// Every name of the tables has words in both languages, whatever a scenario adds.
#include "outputs/labels.hpp"

#include <gtest/gtest.h>

#include <set>

#include "models/calibration_reader.hpp"
#include "outputs/label_words.hpp"
#include "scenarios/scenario_reader.hpp"
#include "sim/plan.hpp"
#include "tests/outputs/sample_results.hpp"

namespace plimsoll {
namespace {

/// What a shipped scenario would report, without a path drawn.
struct Reported {
  std::vector<OutputLabel> labels;
  Titles titles;

  explicit Reported(const std::string& scenario) {
    std::optional<Calibration> calibration;
    const LoadedScenario loaded = load_scenario(scenario, {}, [&](const std::string& name) {
      calibration = load_calibration(name);
      return catalog_of(*calibration);
    });
    const Simulation simulation(loaded.scenario, *calibration);
    labels = simulation.plan().outputs.labels;
    titles = simulation.plan().titles;
  }
};

bool has_chinese(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE4 && byte <= 0xE9) return true;  // first bytes of U+4E00 to U+9FFF
  }
  return false;
}

/// No trace of an id: underscores, or the id itself.
void expect_named(const Reported& reported, const std::string& id, const std::string& en, const std::string& zh) {
  EXPECT_EQ(en.find('_'), std::string::npos) << id << ": " << en;
  EXPECT_NE(en, id);
  EXPECT_FALSE(en.empty()) << id;
  EXPECT_EQ(zh.find('_'), std::string::npos) << id << ": " << zh;
  EXPECT_TRUE(has_chinese(zh)) << id << ": " << zh;
  static_cast<void>(reported);
}

class NamesOf : public testing::TestWithParam<const char*> {};

TEST_P(NamesOf, EveryOutputAreWordsInBothLanguages) {
  const Reported reported(GetParam());
  const Labels en(reported.titles, Language::en), zh(reported.titles, Language::zh);
  std::set<std::string> seen, en_names, zh_names;
  for (const OutputLabel& label : reported.labels) {
    if (seen.insert(label.series).second) {
      expect_named(reported, label.series, en.series(label.series), zh.series(label.series));
      // Two series must not share a name.
      EXPECT_TRUE(en_names.insert(en.series(label.series)).second) << en.series(label.series);
      EXPECT_TRUE(zh_names.insert(zh.series(label.series)).second) << zh.series(label.series);
    }
    if (label.table == OutputLabel::Table::contributions && seen.insert(label.by + "/" + label.key).second) {
      expect_named(reported, label.by + "/" + label.key, en.key(label.by, label.key), zh.key(label.by, label.key));
      EXPECT_NE(words::split(label.by), nullptr) << label.by;
    }
    EXPECT_NE(words::unit(label.unit), nullptr) << label.unit;
    if (label.table == OutputLabel::Table::probabilities) {
      EXPECT_NE(en.event(label.by, 5, label.unit), label.by) << label.by;
    }
    EXPECT_TRUE(has_chinese(zh.period(label.period))) << zh.period(label.period);
  }
  EXPECT_GT(seen.size(), 300U);
}
INSTANTIATE_TEST_SUITE_P(Labels, NamesOf,
                         testing::Values("base", "controls-tightened", "chain-localisation", "capacity-bound",
                                         "roi-disappointment", "token-prices", "as-of-2025-12", "payback-cliff"));

TEST(Labels, ReadAsAnAnalystWritesThem) {
  const Reported reported("base");
  const Labels en(reported.titles, Language::en), zh(reported.titles, Language::zh);
  EXPECT_EQ(en.series("exports.product.memory.yoy"), "Exports of memory chips, growth on a year earlier");
  EXPECT_EQ(zh.series("exports.product.memory.yoy"), "存储芯片出口同比");
  EXPECT_EQ(en.subject("exports.market.us.yoy"), "Exports to the United States");
  EXPECT_EQ(zh.series("exports.market.us.yoy"), "对美国出口同比");
  EXPECT_EQ(en.subject("exports.market.asean.value"), "Exports to ASEAN");
  EXPECT_EQ(en.series("exports.chain.ai.share"), "Exports of the AI chain, share of the total");
  EXPECT_EQ(zh.series("exports.without.ai.yoy"), "剔除AI产业链后的出口同比");
  EXPECT_EQ(zh.series("imports.product.crude_oil.price"), "原油进口价格同比");
  EXPECT_EQ(zh.series("balance.chain.ai.value"), "AI产业链贸易差额");
  EXPECT_EQ(en.series("exports.total.yoy/driver/capex"),
            "Capital spending on AI, contribution to growth of total exports");
  EXPECT_EQ(zh.series("exports.total.yoy/driver/tariff"), "关税对出口增速的拉动");
  EXPECT_EQ(en.key("driver", "shocks.new_factory"), "Shock: new factory");
}

TEST(Labels, NamePeriodsAsTheReleasesDo) {
  const Titles none;
  const Labels en(none, Language::en), zh(none, Language::zh);
  const Period season{Frequency::month, Month::of(2027, 1), Month::of(2027, 2)};
  const Period so_far{Frequency::year_to_date, Month::of(2026, 1), Month::of(2026, 7)};
  EXPECT_EQ(en.period(month(2026, 7)), "July 2026");
  EXPECT_EQ(zh.period(month(2026, 7)), "2026年7月");
  EXPECT_EQ(en.period(season), "January-February 2027");
  EXPECT_EQ(zh.period(season), "2027年1—2月");
  EXPECT_EQ(en.period(quarter(2026, 3)), "third quarter of 2026");
  EXPECT_EQ(zh.period(quarter(2026, 3)), "2026年三季度");
  EXPECT_EQ(en.period(year(2027)), "2027");
  EXPECT_EQ(zh.period(so_far), "2026年1—7月累计");
  EXPECT_EQ(en.statistic("se_p05"), "standard error of the 5% quantile");
  EXPECT_EQ(zh.event("es_low", 5, "pct"), "最差5%情形的均值");
  EXPECT_EQ(en.event("fallen_to", 54.7, "index"), "has fallen to 54.7");
}

TEST(Labels, TakeTheTitleThatAScenarioGivesItsSets) {
  Titles titles;
  titles.sets["green_goods"] = {"Green goods", "绿色产品"};
  titles.sets["nameless"] = {};
  EXPECT_EQ(Labels(titles, Language::zh).series("exports.chain.green_goods.yoy"), "绿色产品出口同比");
  EXPECT_EQ(Labels(titles, Language::en).key("chain", "nameless"), "Nameless");
}

}  // namespace
}  // namespace plimsoll
