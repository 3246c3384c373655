/// \file
/// Reads a scenario file strictly: composition (`extends`, overrides), checking against the field table, typed result.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/assumptions.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// The names and dates of a calibration that a scenario may refer to.
struct IdCatalog {
  std::string calibration;
  Month as_of;
  Date known_on;
  std::vector<std::string> products, markets, import_products, product_sets, market_sets, capex_firms, drivers;
  std::vector<SetDefinition> sets;  ///< of the calibration, also of imports; customs codes as `hs:854232`
  std::vector<std::string> import_sets;
  std::vector<std::string> series;  ///< what can be reported, without measure: exports.total, exports.chain.ai
  /// Capex already reported, USD bn on the cash_ppe definition, by firm and year (also partial years).
  std::map<std::string, std::map<int, double>> capex_reported_usd_bn;
  Month capex_reported_until;                 ///< last month of the last reported quarter
  std::map<std::string, int> driver_changes;  ///< monthly changes of history up to as_of, by field (`oil_price`)
  double capex_cash_per_company_frac = 1;     ///< cash_ppe per dollar of the companies' own definition
  bool has_supplier_shares = false;           ///< what armington_ces needs
};

/// What the command line and environment change; later entries win.
struct ReadOptions {
  struct Override {
    std::string assignment;  ///< `path=value`, value parsed as YAML
    std::string origin;      ///< `command line` or `environment`, for error places and origins
  };
  std::vector<Override> overrides;
};

/// One file that went into a scenario.
struct InputFile {
  std::string path;  ///< as given, or `shipped:base.yaml`
  std::string sha256;
};

struct LoadedScenario {
  Scenario scenario;
  /// Every value used, defaults included, each with its origin as a comment; can be run again and gives the same run.
  std::string resolved_yaml;
  /// Canonical JSON (sorted keys, shortest round-trip numbers) of all that shapes the numbers: without paths, name,
  /// title, about, check, report. Input of the run hash.
  std::string canonical_json;
  std::vector<InputFile> inputs;
  std::vector<ResolvedValue> values;    ///< of the resolved scenario
  std::map<std::string, Place> places;  ///< of everything stated, for problems that are found while planning
};

/// `what` is a file (ends in .yaml/.yml or contains a /) or the name of a shipped scenario.
/// `catalog` is called with the calibration's name once it is known (it may throw InputError).
/// \throws InputError with every problem found.
LoadedScenario load_scenario(const std::string& what, const ReadOptions& options,
                             const std::function<IdCatalog(const std::string&)>& catalog);

struct ShippedScenario {
  std::string name;
  Text title;
  std::string question;
};
/// The scenarios that ship (embedded, or of PLIMSOLL_HOME), by name; base first.
std::vector<ShippedScenario> shipped_scenarios();

/// JSON Schema (2020-12) of scenario format 1, from the field table. Ends with a newline.
std::string json_schema();
/// What a field means: `path` like `memory_price_cycle.noise` or `tariff_shocks`; empty: the top level.
/// \throws InputError (usage) with a suggestion when there is no such field.
std::string describe_field(const std::string& path);
/// The whole field table as Markdown: docs/reference/scenario-format.md is this text.
std::string reference_markdown();

}  // namespace plimsoll
