#include "scenarios/scenario_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "scenarios/compose.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/evidence_reader.hpp"
#include "scenarios/field_check.hpp"
#include "scenarios/mechanism_reader.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/process_reader.hpp"
#include "scenarios/read_composed.hpp"
#include "scenarios/report_reader.hpp"
#include "scenarios/resolve.hpp"
#include "scenarios/set_reader.hpp"
#include "scenarios/supply_reader.hpp"
#include "scenarios/tariff_reader.hpp"

namespace plimsoll {

namespace {

constexpr int kLongestMonths = 180;

/// Typed values of a tree that has passed check_fields; what needs more than the table is checked here.
class ScenarioReader {
 public:
  ScenarioReader(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems)
      : root_(root), catalog_(catalog), problems_(problems) {}

  Scenario read() {
    Scenario s;
    const ConfigNode* name = root_.find("name");  // none where only the rest of a refused scenario is checked
    s.name = text_of(name);
    if (name != nullptr && s.name.empty())
      problem(name->place, "name", "the name is empty", "it becomes the name of a folder",
              "use letters, digits, - and _, or remove the key");
    if (!s.name.empty() && !is_plain_name(s.name))
      problem(name->place, "name", "'" + s.name + "' is no name", "it becomes the name of a folder",
              "use letters, digits, - and _");
    if (const ConfigNode* title = root_.find("title"))
      s.title = {text_of(title->find("en")), text_of(title->find("zh"))};
    if (const ConfigNode* about = root_.find("about")) {
      s.about = {text_of(about->find("question")), text_of(about->find("author")), text_of(about->find("date")), {}};
      if (const ConfigNode* sources = about->find("sources"))
        for (const ConfigNode& source : sources->items) s.about.sources.push_back(source.text);
    }
    s.calibration = text_of(root_.find("calibration"));
    s.horizon = *parse_month(text_of(root_.find("horizon")));
    const Place horizon = root_.find("horizon")->place;
    if (s.horizon <= catalog_.as_of)
      problem(horizon, "horizon",
              "the horizon " + to_string(s.horizon) + " is not after as_of " + to_string(catalog_.as_of),
              "there is no month to simulate", "use " + to_string(catalog_.as_of + 1) + " or later");
    if (s.horizon - catalog_.as_of > kLongestMonths)
      problem(horizon, "horizon", "the horizon is more than 15 years after as_of", "",
              "use " + to_string(catalog_.as_of + kLongestMonths) + " or earlier");
    if (const ConfigNode* as_of = root_.find("as_of")) {
      s.as_of = *parse_month(as_of->text);
      if (*s.as_of != catalog_.as_of)
        problem(as_of->place, "as_of",
                "as_of is " + to_string(*s.as_of) + ", and calibration " + catalog_.calibration + " is of " +
                    to_string(catalog_.as_of),
                "what was known at another month is a calibration of its own",
                "name such a calibration ('plimsoll list' shows those that ship), make one from your data "
                "(plimsoll calibrate .. --as-of " +
                    to_string(*s.as_of) + "), or remove as_of");
    }
    s.paths = std::atoll(text_of(root_.find("paths")).c_str());
    s.seed = std::atoll(text_of(root_.find("seed")).c_str());
    s.sampling = text_of(root_.find("sampling"));
    const std::int64_t multiple = s.sampling == "sobol" ? 16 : s.sampling == "antithetic" ? 32 : 1;
    if (const ConfigNode* paths = root_.find("paths"); s.paths % multiple != 0) {
      const std::int64_t below = s.paths / multiple * multiple;
      problem(paths->place, "paths",
              std::to_string(s.paths) + " paths are no multiple of " + std::to_string(multiple) + ", as sampling '" +
                  s.sampling + "' needs",
              "its standard errors come from 16 equal replicates",
              "use " + (below > 0 ? std::to_string(below) + " or " : "") + std::to_string(below + multiple) +
                  ", or sampling: random");
    }
    read_capex(s);
    read_tariffs(root_, catalog_, s, problems_);
    read_memory(s);
    read_demand(s);
    s.oil_price = read_process(root_, "oil_price", catalog_, s.horizon, problems_);
    s.exchange_rate = read_process(root_, "exchange_rate", catalog_, s.horizon, problems_);
    read_mechanisms(root_, catalog_, s, problems_);
    read_supply(root_, catalog_, s, problems_);
    read_correlations(s);
    read_observations(root_, catalog_, s, problems_);
    read_pins(root_, catalog_, s, problems_);
    s.report = read_report(root_, catalog_, problems_);
    if (const ConfigNode* check = root_.find("check"))
      s.check_timeout_s = parse_double(text_of(check->find("timeout_s"))).value_or(60);
    return s;
  }

 private:
  void problem(const Place& place, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, path, what, why, hint});
  }
  void read_capex(Scenario& s) {
    const ConfigNode* node = root_.find("capex_paths");
    if (node == nullptr) return;
    CapexPaths paths;
    paths.definition = text_of(node->find("definition")) == "company" ? CapexPaths::Definition::company
                                                                      : CapexPaths::Definition::cash_ppe;
    for (const std::string& firm : catalog_.capex_firms) {
      const ConfigNode* table = node->find(firm);
      if (table == nullptr) continue;
      CapexFirm out{firm, {}};
      for (const ConfigNode::Entry& entry : table->entries) read_capex_key(entry, paths, out);
      std::stable_sort(out.keys.begin(), out.keys.end(), [](const CapexKey& a, const CapexKey& b) {
        return std::pair(a.year, a.quarter) < std::pair(b.year, b.quarter);
      });
      paths.firms.push_back(std::move(out));
    }
    paths.annual_sd_log = maybe_random(node->find("uncertainty"), "annual_sd_log");
    paths.common_share_frac = maybe_random(node->find("uncertainty"), "common_share");
    if (const ConfigNode* pause = node->find("pause")) {
      CapexPause out{random_of(*pause->find("monthly_hazard_pct")),
                     random_of(*pause->find("depth_pct")),
                     random_of(*pause->find("duration_months")),
                     {},
                     {}};
      if (pause->find("from") != nullptr) out.from = parse_month(text_of(pause->find("from")));
      if (pause->find("to") != nullptr) out.to = parse_month(text_of(pause->find("to")));
      if (out.from && *out.from > s.horizon)
        problem(pause->find("from")->place, "capex_paths.pause.from",
                to_string(*out.from) + " is after the horizon " + to_string(s.horizon), "no pause could start",
                "remove the pause or move the horizon");
      if (out.from && out.to && *out.from > *out.to)
        problem(pause->find("to")->place, "capex_paths.pause.to", "'to' is before 'from'", "", "swap them");
      paths.pause = out;
    }
    paths.other_buyers = read_other_buyers(*node, catalog_, problems_);
    s.capex_paths = paths;
  }

  void read_capex_key(const ConfigNode::Entry& entry, const CapexPaths& paths, CapexFirm& firm) {
    const std::string path = "capex_paths." + firm.id + "." + entry.key;
    const std::string& key = entry.key;
    const bool digits =
        key.size() >= 4 && std::all_of(key.begin(), key.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
    const bool quarter = key.size() == 6 && key[4] == 'Q' && key[5] >= '1' && key[5] <= '4';
    if (!digits || (key.size() != 4 && !quarter)) {
      problem(entry.place, path, "'" + key + "' is neither a year nor a quarter", "", "write e.g. 2026 or 2026Q3");
      return;
    }
    CapexKey out;
    out.year = std::stoi(key.substr(0, 4));
    out.quarter = quarter ? key[5] - '0' : 0;
    const auto& reported = catalog_.capex_reported_usd_bn.at(firm.id);
    const Month last = quarter ? Month::of(out.year, 3 * out.quarter) : Month::of(out.year, 12);
    if (last <= catalog_.capex_reported_until) {
      problem(entry.place, path, key + " is already reported", "what is reported is data", "give later periods only");
      return;
    }
    if (const ConfigNode* growth = entry.value.find("growth_pct")) {
      out.measure = CapexKey::Measure::growth_pct;
      out.value = random_of(*growth);
    } else {
      out.value = random_of(entry.value);
      const double factor =
          paths.definition == CapexPaths::Definition::company ? catalog_.capex_cash_per_company_frac : 1;
      const auto place = reported.find(out.year);
      if (!quarter && out.value.is_fixed() && place != reported.end() && out.value.args[0] * factor < place->second) {
        problem(entry.value.place, path,
                shortest(out.value.args[0]) + " is less than the " + shortest(place->second / factor) +
                    " already reported in " + key,
                "annual keys include quarters already reported", "give the whole year");
      }
    }
    firm.keys.push_back(out);
  }

  void read_memory(Scenario& s) {
    s.memory_price_cycle.index = text_of(root_.find("memory_price_cycle")->find("index"));
    s.memory_price_cycle.process = read_process(root_, "memory_price_cycle", catalog_, s.horizon, problems_);
  }

  void read_demand(Scenario& s) {
    const ConfigNode* node = root_.find("foreign_demand");
    if (node == nullptr) return;
    for (const ConfigNode::Entry& entry : node->entries) {
      if (entry.value.find("growth_pct") != nullptr)
        s.foreign_demand.growth_pct[entry.key] = random_of(*entry.value.find("growth_pct"));
    }
    s.foreign_demand.sd_pp = maybe_random(node, "sd_pp");
    s.foreign_demand.common_share_frac = maybe_random(node, "common_share");
  }

  void read_correlations(Scenario& s) {
    if (const ConfigNode* copula = root_.find("copula"))
      s.copula_dof = parse_double(copula->find("student_t")->find("dof")->text);
    const std::map<std::string, std::string> kinds{{"memory_price", s.memory_price_cycle.process.kind},
                                                   {"oil_price", s.oil_price.kind},
                                                   {"exchange_rate", s.exchange_rate.kind}};
    const ConfigNode* node = root_.find("correlations");
    if (node == nullptr) return;
    for (std::size_t k = 0; k < node->items.size(); ++k) {
      const std::string path = "correlations[" + std::to_string(k) + "]";
      const ConfigNode* between = node->items[k].find("between");
      if (between->items.size() != 2 || between->items[0].text == between->items[1].text) {
        problem(between->place, path + ".between", "a correlation is between two different drivers", "",
                "write between: [capex, memory_price]");
        continue;
      }
      for (const ConfigNode& driver : between->items) {
        const auto kind = kinds.find(driver.text);
        if (kind != kinds.end() && kind->second == "bootstrap")
          problem(driver.place, path + ".between", driver.text + " is bootstrapped, so nothing correlates with it",
                  "its changes are blocks of its own history", "remove the pair, or choose another process");
      }
      const std::string &a = between->items[0].text, &b = between->items[1].text;
      for (const DriverCorrelation& other : s.correlations) {
        if ((other.a == a && other.b == b) || (other.a == b && other.b == a))
          problem(between->place, path + ".between", "the pair " + a + ", " + b + " stands twice", "",
                  "keep one of them");
      }
      s.correlations.push_back({a, b, *parse_double(text_of(node->items[k].find("value")))});
    }
  }

  const ConfigNode& root_;
  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
};

/// Fields that no check of another field looks at.
const std::set<std::string> kAlone{"name", "title", "about", "seed", "paths", "check"};
/// All others are measured by these.
const std::set<std::string> kFrame{"", "plimsoll", "calibration", "as_of", "horizon", "sets"};
/// These name what other parts state.
const std::set<std::string> kReferring{"pin", "observations", "correlations", "report"};

/// What the parts without a problem so far would be refused for later, so that all is told at once. Parts that have
/// one are left out, and with them what may refer to them.
void check_the_rest(ConfigNode root, const IdCatalog& ids, std::vector<Problem>& problems) {
  std::set<std::string> out;
  for (const Problem& p : problems) out.insert(p.path.substr(0, p.path.find_first_of(".[")));
  const auto is_frame = [](const std::string& part) { return kFrame.contains(part); };
  if (std::any_of(out.begin(), out.end(), is_frame)) return;
  const bool stated = std::any_of(out.begin(), out.end(), [](const auto& part) { return !kAlone.contains(part); });
  if (stated) out.insert(kReferring.begin(), kReferring.end());
  if (out.contains("sampling")) out.insert("paths");  // its multiples are the sampling's
  std::erase_if(root.entries, [&](const ConfigNode::Entry& entry) { return out.contains(entry.key); });
  add_defaults(root);
  ScenarioReader(root, ids, problems).read();
}

}  // namespace

Scenario read_composed(ConfigNode& root, const std::string& what,
                       const std::function<IdCatalog(const std::string&)>& catalog, std::vector<Problem>& problems) {
  check_fields(root, problems);
  const ConfigNode* calibration = root.find("calibration");
  IdCatalog ids;
  std::vector<SetDefinition> sets;
  const bool has_catalog = calibration != nullptr && calibration->kind == ConfigNode::Kind::scalar;
  if (has_catalog) {
    try {
      ids = catalog(calibration->text);
    } catch (const InputError& error) {
      std::vector<Problem> unknown = error.problems();
      for (Problem& one : unknown) {
        if (one.place.file.empty()) one.place = calibration->place;  // nothing of that name: the key is what is wrong
      }
      throw InputError(error.kind(), std::move(unknown));
    }
    sets = read_scenario_sets(root, ids, problems);
    check_names(root, ids, problems);
  }
  if (!problems.empty()) {
    if (has_catalog) check_the_rest(root, ids, problems);
    throw InputError(InputKind::scenario, problems);
  }
  add_defaults(root);
  if (root.find("name") == nullptr) {
    ConfigNode name;
    name.kind = ConfigNode::Kind::scalar;
    name.text = std::filesystem::path(what).stem();
    if (!is_plain_name(name.text))
      throw InputError(InputKind::scenario, {{{what, 0, 0},
                                              "name",
                                              "the file's name '" + name.text + "' cannot name the scenario",
                                              "the name becomes that of a folder: letters, digits, - and _",
                                              "add a key to the file, for example name: my-scenario"}});
    name.place = {"default", 0, 0};
    root.entries.push_back({"name", name.place, name});
  }
  Scenario scenario = ScenarioReader(root, ids, problems).read();
  scenario.sets = std::move(sets);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return scenario;
}

LoadedScenario load_scenario(const std::string& what, const ReadOptions& options,
                             const std::function<IdCatalog(const std::string&)>& catalog) {
  LoadedScenario loaded;
  std::vector<Problem> problems;
  ConfigNode root = compose_scenario(what, options, loaded.inputs, problems);
  loaded.scenario = read_composed(root, what, catalog, problems);
  loaded.resolved_yaml = resolved_yaml(root);
  loaded.canonical_json = canonical_json(root);
  loaded.values = resolved_values(root);
  loaded.places = value_places(root);
  return loaded;
}

std::vector<ShippedScenario> shipped_scenarios() {
  const std::string prefix = "scenarios/library/";
  std::vector<ShippedScenario> out;
  for (const std::string& path : shipped_files(prefix)) {
    const std::string name = std::filesystem::path(path).stem();
    if (path.find('/', prefix.size()) != std::string::npos) continue;
    ShippedScenario s{name, {}, {}};
    std::vector<Problem> ignored;
    const ConfigNode root = parse_yaml(shipped_file(path).value_or(""), path, ignored);
    if (const ConfigNode* title = root.find("title")) {
      if (title->find("en") != nullptr) s.title.en = title->find("en")->text;
      if (title->find("zh") != nullptr) s.title.zh = title->find("zh")->text;
    }
    if (const ConfigNode* about = root.find("about"); about != nullptr && about->find("question") != nullptr)
      s.question = about->find("question")->text;
    out.push_back(std::move(s));
  }
  std::stable_partition(out.begin(), out.end(), [](const ShippedScenario& s) { return s.name == "base"; });
  return out;
}

}  // namespace plimsoll
