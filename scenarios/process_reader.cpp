#include "scenarios/process_reader.hpp"

#include <algorithm>

#include "scenarios/chain_reader.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/process_fields.hpp"

namespace plimsoll {

namespace {

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
      for (const ConfigNode::Entry& part : value.entries) spec.parameters["noise." + part.key] = random_of(part.value);
    } else if (key == "jump") {
      spec.jump = JumpSpec{random_of(*value.find("monthly_hazard_pct")), random_of(*value.find("size_log")),
                           random_of(*value.find("duration_months"))};
    } else if (key == "path") {
      read_points(value, horizon, spec);
    } else if (key == "block_months") {
      spec.block_months = std::atoi(value.text.c_str());
    } else if (key == "demean") {
      spec.demean = value.text == "true";
    } else if (key == "innovations") {
      spec.innovations_dof = parse_double(value.find("student_t")->find("dof")->text);
    } else {
      spec.parameters[key] = random_of(value);
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
        spec.points.push_back({*month, random_of(point.value)});
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
    ChainReader chain(node_, driver_, problems_);
    if (chain.states().empty()) return;
    for (const ConfigNode::Entry* entry : chain.states()) spec.regimes.push_back(read_regime(chain, *entry));
    spec.start_pct = chain.read_start();
  }

  Regime read_regime(ChainReader& chain, const ConfigNode::Entry& entry) {
    Regime regime;
    static_cast<ChainState&>(regime) = chain.read_state(entry);
    regime.monthly_drift_log = random_of(*entry.value.find("monthly_drift_log"));
    const ConfigNode *monthly = entry.value.find("monthly_sd_log"), *annual = entry.value.find("annual_sd_log");
    if ((monthly == nullptr) == (annual == nullptr)) {
      problem(entry.place, "regimes." + entry.key,
              "regime " + entry.key + " needs one of monthly_sd_log and annual_sd_log", "",
              monthly == nullptr ? "add monthly_sd_log: .." : "remove one of them");
    } else {
      regime.sd_is_annual = annual != nullptr;
      regime.sd_log = random_of(regime.sd_is_annual ? *annual : *monthly);
    }
    return regime;
  }

  const ConfigNode& node_;
  const std::string& driver_;
  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
};

}  // namespace

ProcessSpec read_process_node(const ConfigNode& node, const std::string& driver, const IdCatalog& catalog,
                              Month horizon, std::vector<Problem>& problems) {
  return ProcessReader(node, driver, catalog, problems).read(horizon);
}

ProcessSpec read_process(const ConfigNode& root, const std::string& driver, const IdCatalog& catalog, Month horizon,
                         std::vector<Problem>& problems) {
  return read_process_node(*root.find(driver), driver, catalog, horizon, problems);
}

}  // namespace plimsoll
