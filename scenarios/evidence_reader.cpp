#include "scenarios/evidence_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// First and last month of a period as tables print it; nullopt when it is none.
std::optional<std::pair<Month, Month>> parse_period(const std::string& text) {
  if (text.size() == 4) {
    const auto first = parse_month(text + "-01");
    if (!first) return {};
    return std::pair(*first, *first + 11);
  }
  if (text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4') {
    const auto january = parse_month(text.substr(0, 4) + "-01");
    if (!january) return {};
    const Month first = *january + 3 * (text[5] - '1');
    return std::pair(first, first + 2);
  }
  const auto month = parse_month(text.substr(0, 7));
  if (!month) return {};
  const std::string rest = text.substr(std::min<std::size_t>(7, text.size()));
  if (rest.empty()) return std::pair(*month, *month);
  if (rest == "..02" && month->month() == 1) return std::pair(*month, *month + 1);
  if (rest == "ytd") return std::pair(Month::of(month->year(), 1), *month);
  return {};
}

class ObservationReader {
 public:
  ObservationReader(const ConfigNode& node, std::string path, const IdCatalog& catalog, std::vector<Problem>& problems)
      : node_(node), path_(std::move(path)), catalog_(catalog), problems_(problems) {}

  Observation read(Month horizon) {
    Observation o;
    o.place = node_.place;
    o.series = text_of(node_.find("series"));
    o.period = text_of(node_.find("period"));
    o.indicator = text_of(node_.find("indicator"));
    check_series(o.series);
    check_period(o.period, horizon);
    read_relation(o);
    read_figure(o);
    return o;
  }

 private:
  void problem(const char* field, const std::string& what, const std::string& why, const std::string& hint) {
    const ConfigNode* child = node_.find(field);
    problems_.push_back({child != nullptr ? child->place : node_.place, path_ + "." + field, what, why, hint});
  }

  void check_series(const std::string& series) {
    std::vector<std::string> known;
    for (const std::string& name : catalog_.series) {
      if (name.starts_with("balance.")) {
        known.push_back(name + ".value");
        continue;
      }
      for (const char* measure : {".value", ".yoy", ".yoy_rmb", ".yoy_2y", ".volume", ".price", ".share"})
        known.push_back(name + measure);
    }
    if (std::find(known.begin(), known.end(), series) != known.end()) return;
    const std::string near = nearest_name(series, known);
    problem("series", "there is no output '" + series + "'", "an observation is of one series with its measure",
            near.empty() ? "write e.g. exports.total.yoy" : "did you mean '" + near + "'?");
  }

  void check_period(const std::string& text, Month horizon) {
    const auto period = parse_period(text);
    if (!period)
      problem("period", "'" + text + "' is no period", "", "write 2026-07, 2027-01..02, 2026Q3, 2026 or 2026-09ytd");
    else if (period->second <= catalog_.as_of)
      problem("period", text + " is already observed", "data are known up to " + to_string(catalog_.as_of),
              "use a period that ends later");
    else if (period->second > horizon)
      problem("period", text + " ends after the horizon " + to_string(horizon), "it is not simulated",
              "move the horizon, or use an earlier period");
  }

  void read_relation(Observation& o) {
    const ConfigNode *slope = node_.find("slope"), *intercept = node_.find("intercept_pp");
    if (o.indicator.empty()) {
      if (slope != nullptr || intercept != nullptr)
        problem(slope != nullptr ? "slope" : "intercept_pp", "a relation needs the indicator that it is of",
                "without one the output itself was observed", "add indicator: name, or remove it");
      return;
    }
    if (slope == nullptr || intercept == nullptr) {
      problem("indicator", "'" + o.indicator + "' needs its relation to " + o.series,
              "observed = intercept + slope * output + error", "add slope and intercept_pp");
      return;
    }
    o.slope = *parse_double(slope->text);
    o.intercept = *parse_double(intercept->text);
    if (o.slope == 0)
      problem("slope", "a slope of 0 says nothing of the output", "", "remove the observation, or estimate the slope");
  }

  void read_figure(Observation& o) {
    const bool in_usd = o.indicator.empty() && o.series.ends_with(".value");
    const std::string unit = in_usd ? "_usd_bn" : "_pct", sd_key = in_usd ? "sd_usd_bn" : "sd_pp";
    std::vector<std::string> given;
    bool wrong_unit = false;
    for (const std::string kind : {"value", "below", "above", "between"}) {
      const std::string other = kind + (in_usd ? "_pct" : "_usd_bn");
      if (node_.find(other) != nullptr) {
        problem(
            other.c_str(), "the unit does not fit",
            (o.indicator.empty() ? o.series : "an indicator") + std::string(" is in ") + (in_usd ? "USD bn" : "pct"),
            "write " + kind + unit);
        wrong_unit = true;
      } else if (node_.find(kind + unit) != nullptr) {
        given.push_back(kind);
      }
    }
    if (node_.find(in_usd ? "sd_pp" : "sd_usd_bn") != nullptr)
      problem(in_usd ? "sd_pp" : "sd_usd_bn", "the unit of the error does not fit", "", "write " + sd_key);
    if (wrong_unit && given.empty()) return;
    if (given.size() != 1) {
      problem("series",
              given.empty() ? "nothing was observed" : "'" + given[0] + "' and '" + given[1] + "' stand together",
              "an observation is one of value, below, above and between",
              given.empty() ? "add e.g. value" + unit + " and " + sd_key : "write two observations, or between" + unit);
      return;
    }
    if (const ConfigNode* sd = node_.find(sd_key)) {
      o.sd = parse_double(sd->text);
      if (*o.sd == 0)
        problem(sd_key.c_str(), "an error of 0 leaves no path", "no simulated figure is met exactly",
                "give the error of the figure, e.g. its usual revision");
    }
    const std::string key = given[0] + unit;
    const ConfigNode& figure = *node_.find(key);
    if (given[0] == "between") {
      read_edges(figure, key, o);
      return;
    }
    o.low = o.high = *parse_double(figure.text);
    o.kind = given[0] == "below"   ? Observation::Kind::below
             : given[0] == "above" ? Observation::Kind::above
                                   : Observation::Kind::value;
    if (o.kind == Observation::Kind::value && !o.sd)
      problem(key.c_str(), "a value needs '" + sd_key + "'", "no simulated figure is met exactly",
              "add " + sd_key + ", e.g. the usual revision");
  }

  void read_edges(const ConfigNode& figure, const std::string& key, Observation& o) {
    o.kind = Observation::Kind::between;
    if (figure.items.size() != 2) {
      problem(key.c_str(), "two edges stand here", "", "write " + key + ": [10, 20]");
      return;
    }
    o.low = *parse_double(figure.items[0].text);
    o.high = *parse_double(figure.items[1].text);
    if (o.low >= o.high) problem(key.c_str(), "nothing lies between these edges", "the lower comes first", "swap them");
  }

  const ConfigNode& node_;
  std::string path_;
  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
};

/// Two sharp edges of the same output that no value satisfies.
void check_contradictions(const std::vector<Observation>& all, std::vector<Problem>& problems) {
  const auto allowed = [](const Observation& o) {
    const bool open_below = o.kind == Observation::Kind::below, open_above = o.kind == Observation::Kind::above;
    double low = open_below ? -HUGE_VAL : (o.low - o.intercept) / o.slope;
    double high = open_above ? HUGE_VAL : (o.high - o.intercept) / o.slope;
    if (open_below && o.slope < 0) low = HUGE_VAL;
    if (open_above && o.slope < 0) high = -HUGE_VAL;
    return std::pair(std::min(low, high), std::max(low, high));
  };
  for (std::size_t k = 0; k < all.size(); ++k) {
    for (std::size_t j = 0; j < k; ++j) {
      const bool same = all[k].series == all[j].series && all[k].period == all[j].period;
      if (!same || all[k].sd || all[j].sd || all[k].slope == 0 || all[j].slope == 0) continue;
      const auto [low, high] = allowed(all[k]);
      const auto [other_low, other_high] = allowed(all[j]);
      if (std::max(low, other_low) < std::min(high, other_high)) continue;
      problems.push_back({all[k].place, "observations[" + std::to_string(k) + "]",
                          "contradicts observations[" + std::to_string(j) + "]",
                          "no value of " + all[k].series + " in " + all[k].period + " satisfies both",
                          "remove one of them, or give them an sd"});
    }
  }
}

}  // namespace

void read_observations(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                       std::vector<Problem>& problems) {
  const ConfigNode* list = root.find("observations");
  if (list == nullptr) return;
  for (std::size_t k = 0; k < list->items.size(); ++k) {
    const std::string path = "observations[" + std::to_string(k) + "]";
    scenario.observations.push_back(ObservationReader(list->items[k], path, catalog, problems).read(scenario.horizon));
  }
  check_contradictions(scenario.observations, problems);
}

}  // namespace plimsoll
