#include <algorithm>

#include "models/calibration_reader.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/elasticity_model.hpp"
#include "scenarios/fields.hpp"
#include "scenarios/near_names.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/stress_reader.hpp"
#include "scenarios/sweep_reader.hpp"
#include "sim/program/describe_driver.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

std::string titled(const std::string& what, const std::string& id, const Text& title) {
  return what + " " + id + ": " + title.en + (title.zh.empty() ? "" : " (" + title.zh + ")") + "\n";
}

std::string describe_calibration(const Calibration& c) {
  return titled("calibration", c.name, c.title) + "  " + c.note.en + "\n  data to " + to_string(c.as_of) +
         ", known on " + to_string(c.known_on) + "; " + std::to_string(c.products.size()) + " products, " +
         std::to_string(c.markets.size()) + " markets, " + std::to_string(c.drivers.size()) + " drivers\n  sha256 " +
         c.sha256 + "\n";
}

std::string sets_holding(const Calibration& c, const std::string& id, NamedSet::Dimension dimension) {
  std::string text;
  for (const NamedSet& set : c.sets) {
    const auto member = set.weight_frac.find(id);
    if (set.dimension == dimension && member != set.weight_frac.end()) text += " " + set.id;
  }
  return text.empty() ? "" : "  in sets:" + text + "\n";
}

std::string loadings_of(const Calibration& c, const std::string& product) {
  std::string text;
  for (const Loading& loading : c.loadings) {
    if (loading.product != product) continue;
    text += "  responds to " + loading.driver + ": volume " + fixed(median(loading.volume), 2) + ", price " +
            fixed(median(loading.price), 2) + " (medians, log per log; " + loading.provenance.kind + ", " +
            loading.provenance.source + ")\n";
  }
  return text;
}

std::string describe_set(const NamedSet& set) {
  std::string text =
      std::string(set.dimension == NamedSet::Dimension::product ? "product" : "market") + " set " + set.id + ":";
  for (const auto& [member, weight] : set.weight_frac) {
    text += " " + member + (weight == 1 ? "" : " x " + shortest(weight));
  }
  return text + "\n";
}

/// The ids of one calibration; empty when `name` is none of them.
std::string describe_id(const Calibration& c, const std::string& name) {
  for (const Product& one : c.products) {
    if (one.id == name) {
      return titled("product", one.id, one.title) + sets_holding(c, name, NamedSet::Dimension::product) +
             loadings_of(c, name);
    }
  }
  for (const Market& one : c.markets) {
    if (one.id == name) return titled("market", one.id, one.title) + sets_holding(c, name, NamedSet::Dimension::market);
  }
  for (const NamedSet& one : c.sets) {
    if (one.id == name) return describe_set(one);
  }
  return "";
}

}  // namespace

int describe_verb(const CommandLine& line) {
  if (line.names.empty()) {
    print(describe_field(""));
    return 0;
  }
  if (line.names.size() > 1)
    refuse_usage("'describe' takes one name, not '" + line.names[1] + "' too", "",
                 "for example: plimsoll describe memory_price_cycle");
  const std::string& name = line.names.front();
  const std::vector<std::string> calibrations = shipped_calibrations();
  if (std::find(calibrations.begin(), calibrations.end(), name) != calibrations.end()) {
    print(describe_calibration(load_calibration(name)));
    return 0;
  }
  for (const ShippedScenario& one : shipped_scenarios()) {
    if (one.name != name) continue;
    print(titled("scenario", one.name, one.title) + (one.question.empty() ? "" : "  " + one.question + "\n"));
    return 0;
  }
  for (const ShippedSweep& one : shipped_sweeps()) {
    if (one.name != name) continue;
    print(titled("sweep", one.name, one.title) + "  " + one.question + "\n");
    return 0;
  }
  for (const ShippedSuite& one : shipped_suites()) {
    if (one.name != name) continue;
    print(titled("stress suite", one.name, one.title));
    return 0;
  }
  if (const ElasticityModelFacts* model = find_elasticity_model(name)) {
    print(titled("elasticity model", model->name, {model->title_en, model->title_zh}) + "  " + model->help +
          "\n  used with elasticity_model: " + model->name + "\n");
    return 0;
  }
  // Fields stand first: of two names that are as near, one of theirs is meant.
  std::vector<std::string> known = field_paths();
  known.insert(known.end(), calibrations.begin(), calibrations.end());
  for (const ShippedScenario& one : shipped_scenarios()) known.push_back(one.name);
  for (const ShippedSweep& one : shipped_sweeps()) known.push_back(one.name);
  for (const ShippedSuite& one : shipped_suites()) known.push_back(one.name);
  for (const ElasticityModelFacts& model : elasticity_models()) known.emplace_back(model.name);
  std::string driver;
  for (const std::string& calibration : calibrations) {
    const Calibration c = load_calibration(calibration);
    const std::string text = describe_id(c, name);
    if (!text.empty()) {
      print(text);
      return 0;
    }
    driver = describe_driver(c, name);  // the newest calibration's is told
    for (const Product& one : c.products) known.push_back(one.id);
    for (const Market& one : c.markets) known.push_back(one.id);
    for (const NamedSet& one : c.sets) known.push_back(one.id);
    for (const std::string& one : driver_names(c)) known.push_back(one);
  }
  std::string field;
  try {
    field = describe_field(name);
  } catch (const InputError&) {
    if (driver.empty())
      refuse_usage("nothing is named '" + name + "'", "",
                   did_you_mean(name, known, "'plimsoll describe' lists the fields, 'plimsoll list' what ships"));
  }
  print(driver + field);
  return 0;
}

}  // namespace plimsoll
