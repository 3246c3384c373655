#include <algorithm>

#include "scenarios/evidence_reader.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

/// The process of a pinned driver, as the reader of pins needs it; null for what has none.
const ProcessSpec* process_of(const Scenario& s, const std::string& driver) {
  if (driver == "memory_price") return &s.memory_price_cycle.process;
  if (driver == "oil_price") return &s.oil_price;
  if (driver == "exchange_rate") return &s.exchange_rate;
  for (const GenericShock& shock : s.shocks) {
    if (driver == "shocks." + shock.name) return &shock.process;
  }
  return nullptr;
}

class PinReader {
 public:
  PinReader(const ConfigNode& node, std::string path, const IdCatalog& catalog, const Scenario& scenario,
            std::vector<Problem>& problems)
      : node_(node), path_(std::move(path)), catalog_(catalog), scenario_(scenario), problems_(problems) {}

  DriverPin read() {
    DriverPin pin;
    pin.place = node_.place;
    pin.driver = text_of(node_.find("driver"));
    pin.from = *parse_month(text_of(node_.find("from")));
    pin.to = *parse_month(text_of(node_.find("to")));
    if (const ConfigNode* change = node_.find("change_pct")) pin.change_pct = parse_double(change->text);
    if (const ConfigNode* level = node_.find("level")) pin.level = parse_double(level->text);
    check_driver(pin);
    check_months(pin);
    if (pin.change_pct.has_value() == pin.level.has_value())
      problem("driver", pin.level ? "'change_pct' and 'level' stand together" : "the pin says no level", "",
              pin.level ? "keep one of them" : "add change_pct: 0 for the level of as_of");
    else if (pin.level && pin.driver.starts_with("foreign_demand."))
      problem("level", "foreign demand has no level", "it is a deviation from the forecast", "use change_pct");
    for (std::size_t k = 0; k < scenario_.pins.size(); ++k) {
      const DriverPin& other = scenario_.pins[k];
      if (other.driver == pin.driver && other.from <= pin.to && pin.from <= other.to)
        problem("from", pin.driver + " is pinned twice", "pin[" + std::to_string(k) + "] holds some of these months",
                "let one end before the other starts");
    }
    return pin;
  }

 private:
  void problem(const char* field, const std::string& what, const std::string& why, const std::string& hint) {
    const ConfigNode* child = node_.find(field);
    problems_.push_back({child != nullptr ? child->place : node_.place, path_ + "." + field, what, why, hint});
  }

  void check_months(const DriverPin& pin) {
    if (pin.from <= catalog_.as_of)
      problem("from", to_string(pin.from) + " is already observed", "data are known up to " + to_string(catalog_.as_of),
              "use " + to_string(catalog_.as_of + 1) + " or later");
    if (pin.to < pin.from) problem("to", "'to' is before 'from'", "both months belong to the pin", "swap them");
    if (pin.to > scenario_.horizon)
      problem("to", to_string(pin.to) + " is after the horizon " + to_string(scenario_.horizon), "it is not simulated",
              "end the pin by then");
  }

  void check_driver(const DriverPin& pin) {
    const std::string& driver = pin.driver;
    if (driver.starts_with("exports.") || driver.starts_with("imports.") || driver.starts_with("balance.")) {
      problem("driver", driver + " is an output", "only drivers can be pinned",
              "use observations with a small sd_pp: {series: " + driver + ", period: .., value_pct: .., sd_pp: 0.5}");
      return;
    }
    if (driver == "capex" || driver.starts_with("capex.")) {
      problem("driver", "capex cannot be pinned", "it is the sum of the firms' plans",
              "state the path in capex_paths, with uncertainty: {annual_sd_log: 0}");
      return;
    }
    std::vector<std::string> known{"memory_price", "oil_price", "exchange_rate"};
    for (const std::string& market : catalog_.markets) known.push_back("foreign_demand." + market);
    for (const GenericShock& shock : scenario_.shocks) known.push_back("shocks." + shock.name);
    if (std::find(known.begin(), known.end(), driver) == known.end()) {
      const std::string near = nearest_name(driver, known);
      problem("driver", "there is no driver '" + driver + "'", "",
              near.empty() ? "drivers are memory_price, oil_price, exchange_rate, foreign_demand.MARKET, shocks.NAME"
                           : "did you mean '" + near + "'?");
      return;
    }
    if (const ProcessSpec* process = process_of(scenario_, driver)) check_process(driver, *process);
    if (scenario_.copula_dof && !driver.starts_with("shocks."))
      problem("driver", "pins with a copula are not supported yet",
              "the other drivers' shocks are known given this one only when they are jointly normal",
              "remove copula, or the pin");
  }

  /// A pin works through the driver's normal shocks: what has none, or hides them, cannot carry it.
  void check_process(const std::string& driver, const ProcessSpec& process) {
    const auto sd =
        process.parameters.find(process.kind == "stochastic_cycle" ? "noise.monthly_sd_log" : "annual_sd_log");
    const bool given = sd != process.parameters.end();
    const bool still = given && sd->second.is_fixed() && sd->second.args[0] == 0;
    if (process.kind == "path")
      problem("driver", driver + " follows a path, which is fixed already", "", "change the path instead");
    else if (process.kind == "bootstrap")
      problem("driver", driver + " is bootstrapped", "blocks of history have no shocks that could lead to the pin",
              "choose another process");
    else if (still || (process.kind == "stochastic_cycle" && driver != "memory_price" && !given))
      problem("driver", driver + " has no shocks", "nothing could lead it to the pin",
              "give its process a standard deviation above 0");
    else if (process.jump)
      problem("driver", driver + " jumps",
              "pins of drivers with jumps are not supported yet: the end of a jump would "
              "undo the pin",
              "remove the jump, or the pin");
    else if (process.innovations_dof)
      problem("driver", driver + " has fat-tailed innovations", "pins of such drivers are not supported yet",
              "remove innovations, or the pin");
  }

  const ConfigNode& node_;
  std::string path_;
  const IdCatalog& catalog_;
  const Scenario& scenario_;
  std::vector<Problem>& problems_;
};

}  // namespace

void read_pins(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems) {
  const ConfigNode* list = root.find("pin");
  if (list == nullptr) return;
  for (std::size_t k = 0; k < list->items.size(); ++k) {
    const std::string path = "pin[" + std::to_string(k) + "]";
    scenario.pins.push_back(PinReader(list->items[k], path, catalog, scenario, problems).read());
  }
}

}  // namespace plimsoll
