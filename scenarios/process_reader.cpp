#include "scenarios/process_reader.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "scenarios/distribution.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/process_fields.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kMostRegimes = 8;

RandomNumber random(const ConfigNode& node) {
  return read_random_number(node, [](const Place&, const std::string&, const std::string&, const std::string&) {});
}

class ProcessReader {
 public:
  ProcessReader(const ConfigNode& node, const std::string& driver, const IdCatalog& catalog,
                std::vector<Problem>& problems)
      : node_(node), driver_(driver), catalog_(catalog), problems_(problems) {}

  ProcessSpec read(Month horizon) {
    ProcessSpec spec;
    spec.kind = node_.find("process")->text;
    const std::vector<std::string> used = fields_of_process(spec.kind);
    for (const ConfigNode::Entry& entry : node_.entries) {
      if (std::find(used.begin(), used.end(), entry.key) == used.end())
        problem(entry.place, entry.key, "'" + entry.key + "' has no effect with process " + spec.kind, "",
                "remove it, or choose another process");
      else
        read_field(entry, horizon, spec);
    }
    if (spec.kind == "path" && node_.find("path") == nullptr)
      problem(node_.find("process")->place, "path", "process path needs 'path'", "",
              "add path: {" + to_string(catalog_.as_of + 7) + ": 100}");
    if (spec.kind == "regime_switching") read_regimes(spec);
    if (spec.kind == "bootstrap") check_blocks(spec);
    return spec;
  }

 private:
  void problem(const Place& place, const std::string& field, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, driver_ + "." + field, what, why, hint});
  }

  void read_field(const ConfigNode::Entry& entry, Month horizon, ProcessSpec& spec) {
    const std::string& key = entry.key;
    const ConfigNode& value = entry.value;
    if (key == "process" || key == "index" || key == "regimes" || key == "start_regime" || key == "start_pct") return;
    if (key == "noise") {
      for (const ConfigNode::Entry& part : value.entries) spec.parameters["noise." + part.key] = random(part.value);
    } else if (key == "jump") {
      spec.jump = JumpSpec{random(*value.find("monthly_hazard_pct")), random(*value.find("size_log")),
                           random(*value.find("duration_months"))};
    } else if (key == "path") {
      read_points(value, horizon, spec);
    } else if (key == "block_months") {
      spec.block_months = std::atoi(value.text.c_str());
    } else if (key == "demean") {
      spec.demean = value.text == "true";
    } else if (key == "innovations") {
      spec.innovations_dof = parse_double(value.find("student_t")->find("dof")->text);
    } else {
      spec.parameters[key] = random(value);
    }
  }

  void read_points(const ConfigNode& path, Month horizon, ProcessSpec& spec) {
    for (const ConfigNode::Entry& point : path.entries) {
      const std::optional<Month> month = parse_month(point.key);
      const std::string here = "path." + point.key;
      if (!month)
        problem(point.place, here, "'" + point.key + "' is not a month", "", "write e.g. 2026-12");
      else if (*month <= catalog_.as_of)
        problem(point.place, here, point.key + " is already observed", "", "start after " + to_string(catalog_.as_of));
      else if (*month > horizon + 12)
        problem(point.place, here, point.key + " lies far after the horizon", "", "remove it");
      else
        spec.points.push_back({*month, random(point.value)});
    }
    std::sort(spec.points.begin(), spec.points.end(),
              [](const PathPoint& a, const PathPoint& b) { return a.month < b.month; });
  }

  void check_blocks(const ProcessSpec& spec) {
    const auto changes = catalog_.driver_changes.find(driver_);
    if (changes == catalog_.driver_changes.end() || changes->second >= 2 * spec.block_months) return;
    problem(node_.find("block_months")->place, "block_months",
            "the history is shorter than two blocks of " + std::to_string(spec.block_months) + " months",
            "calibration " + catalog_.calibration + " holds " + std::to_string(changes->second) + " monthly changes",
            "use at most " + std::to_string(changes->second / 2));
  }

  void read_regimes(ProcessSpec& spec) {
    const ConfigNode* table = node_.find("regimes");
    const Place& process = node_.find("process")->place;
    if (table == nullptr) {
      problem(process, "regimes", "process regime_switching needs 'regimes'", "",
              "add regimes: {calm: {monthly_sd_log: .., duration_months: ..}, crisis: {..}}");
      return;
    }
    for (const ConfigNode::Entry& entry : table->entries) names_.push_back(entry.key);
    if (names_.size() < 2) {
      problem(table->place, "regimes", "there are fewer than two regimes", "nothing could switch",
              "add another, or use process random_walk");
      return;
    }
    if (names_.size() > kMostRegimes)
      problem(table->place, "regimes", "there are more than eight regimes", "", "merge some");
    // By name, so that their order in the file changes no digit.
    std::sort(names_.begin(), names_.end());
    for (const ConfigNode::Entry& entry : table->entries) spec.regimes.push_back(read_regime(entry));
    std::sort(spec.regimes.begin(), spec.regimes.end(),
              [](const Regime& a, const Regime& b) { return a.name < b.name; });

    const ConfigNode *name = node_.find("start_regime"), *chances = node_.find("start_pct");
    if ((name == nullptr) == (chances == nullptr)) {
      problem(
          name == nullptr ? process : name->place, "start_regime",
          name == nullptr ? "the regime at as_of is missing" : "start_regime and start_pct say the same thing twice",
          "", "give start_regime: " + names_.front() + " or start_pct, not both");
    } else if (name != nullptr) {
      if (known(name->text, name->place, "start_regime"))
        for (const std::string& regime : names_)
          spec.start_pct.push_back(RandomNumber::fixed(regime == name->text ? 100 : 0));
    } else {
      spec.start_pct = read_row(*chances, "start_pct");
    }
  }

  Regime read_regime(const ConfigNode::Entry& entry) {
    const std::string here = "regimes." + entry.key;
    const ConfigNode& value = entry.value;
    for (const char c : entry.key) {
      if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_') {
        problem(entry.place, here, "'" + entry.key + "' is no name", "", "use letters, digits, - and _");
        break;
      }
    }
    Regime regime;
    regime.name = entry.key;
    regime.monthly_drift_log = random(*value.find("monthly_drift_log"));
    const ConfigNode *monthly = value.find("monthly_sd_log"), *annual = value.find("annual_sd_log");
    if ((monthly == nullptr) == (annual == nullptr)) {
      problem(entry.place, here, "regime " + entry.key + " needs one of monthly_sd_log and annual_sd_log", "",
              monthly == nullptr ? "add monthly_sd_log: .." : "remove one of them");
    } else {
      regime.sd_is_annual = annual != nullptr;
      regime.sd_log = random(regime.sd_is_annual ? *annual : *monthly);
    }
    const ConfigNode *duration = value.find("duration_months"), *next = value.find("next_pct");
    if ((duration == nullptr) == (next == nullptr)) {
      problem(entry.place, here, "regime " + entry.key + " needs one of duration_months and next_pct",
              "the row of probabilities says how long it lasts",
              duration == nullptr ? "add duration_months: .." : "remove one of them");
    } else if (duration != nullptr) {
      regime.duration_months = random(*duration);
    } else {
      regime.next_pct = read_row(*next, here + ".next_pct");
    }
    return regime;
  }

  bool known(const std::string& name, const Place& place, const std::string& path) {
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) return true;
    const std::string near = nearest_name(name, names_);
    std::string all;
    for (const std::string& regime : names_) all += (all.empty() ? "" : ", ") + regime;
    problem(place, path, "unknown regime '" + name + "'", "",
            near.empty() ? "regimes are " + all : "did you mean '" + near + "'?");
    return false;
  }

  /// Probabilities by regime; a regime that is not named has none.
  std::vector<RandomNumber> read_row(const ConfigNode& row, const std::string& path) {
    std::vector<RandomNumber> out(names_.size(), RandomNumber::fixed(0));
    double sum = 0;
    for (const ConfigNode::Entry& entry : row.entries) {
      if (!known(entry.key, entry.place, path + "." + entry.key)) return out;
      const auto place = std::find(names_.begin(), names_.end(), entry.key) - names_.begin();
      RandomNumber& chance = out[static_cast<std::size_t>(place)];
      chance = random(entry.value);
      sum += median(chance);
    }
    if (std::abs(sum - 100) > 1e-6)
      problem(row.place, path, "the probabilities add up to " + shortest(sum) + ", not 100",
              "distributions count by their medians", "make them add up to 100");
    return out;
  }

  const ConfigNode& node_;
  const std::string& driver_;
  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
  std::vector<std::string> names_;
};

}  // namespace

ProcessSpec read_process(const ConfigNode& root, const std::string& driver, const IdCatalog& catalog, Month horizon,
                         std::vector<Problem>& problems) {
  return ProcessReader(*root.find(driver), driver, catalog, problems).read(horizon);
}

}  // namespace plimsoll
