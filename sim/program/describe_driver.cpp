#include "sim/program/describe_driver.hpp"

#include <algorithm>
#include <set>

#include "outputs/labels.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

const std::string kCapex = "capex";

/// Where a scenario moves the driver.
std::string field_of(const std::string& driver) {
  if (driver.rfind(kCapex, 0) == 0)
    return driver == kCapex ? "capex_paths" : "capex_paths" + driver.substr(kCapex.size());
  return driver == "memory_price" ? "memory_price_cycle" : driver;
}

std::string history_text(const std::vector<double>& level, const std::string& from, const std::string& to,
                         const std::string& unit) {
  return "  observed " + from + " to " + to + ", " + unit + ": last " + shortest(level.back()) + ", lowest " +
         shortest(*std::min_element(level.begin(), level.end())) + ", highest " +
         shortest(*std::max_element(level.begin(), level.end())) + "\n";
}

std::string history_of(const Calibration& c, const std::string& driver) {
  if (driver.rfind(kCapex, 0) == 0) {
    std::string text;
    for (const auto& [firm, history] : c.capex) {
      if (driver != kCapex && driver != kCapex + "." + firm) continue;
      text += (driver == kCapex ? "  " + firm + "\n  " : "") + history_text(history.level, to_string(history.from),
                                                                            to_string(history.end() - 1),
                                                                            "USD bn a quarter, cash_ppe");
    }
    return text;
  }
  const auto found = c.drivers.find(driver == "memory_price" ? "memory_price." + c.memory_index : driver);
  if (found == c.drivers.end()) return "";
  const DriverHistory& history = found->second;
  return history_text(history.level, to_string(history.from), to_string(history.last()), history.unit);
}

std::string responses_to(const Calibration& c, const std::string& driver) {
  std::set<std::string> products;
  for (const Loading& loading : c.loadings) {
    if (loading.driver == driver) products.insert(loading.product);
  }
  std::string text;
  for (const std::string& product : products) text += " " + product;
  return text.empty() ? "" : "  products that respond to it:" + text + "\n";
}

}  // namespace

std::vector<std::string> driver_names(const Calibration& c) {
  std::vector<std::string> names{kCapex, "memory_price", "oil_price", "exchange_rate"};
  for (const auto& [firm, history] : c.capex) names.push_back(kCapex + "." + firm);
  for (const DeclaredDriver& driver : c.declared_drivers) names.push_back(driver.id);
  return names;
}

std::string describe_driver(const Calibration& c, const std::string& name) {
  const std::string prefix = "driver.", suffix = ".level";
  std::string driver = name;
  if (driver.starts_with(prefix)) driver.erase(0, prefix.size());
  if (driver.ends_with(suffix)) driver.resize(driver.size() - suffix.size());
  const std::vector<std::string> known = driver_names(c);
  if (std::find(known.begin(), known.end(), driver) == known.end()) return "";
  const Titles titles;
  const std::string series = prefix + driver.substr(0, driver.find('.')) + suffix;
  std::string text = "driver " + driver + ": " + Labels(titles, Language::en).subject(series) + " (" +
                     Labels(titles, Language::zh).subject(series) + ")\n" + history_of(c, driver) +
                     responses_to(c, driver.substr(0, driver.find('.')));
  const bool declared = std::any_of(c.declared_drivers.begin(), c.declared_drivers.end(),
                                    [&](const DeclaredDriver& one) { return one.id == driver; });
  text += declared ? "  declared by calibration " + c.name + ": AR(1) around 0 in logs\n"
                   : "  a scenario moves it with " + field_of(driver) + "\n";
  return text;
}

}  // namespace plimsoll
