/// \file
/// What past forecasts were worth: scored runs that ship as docs/validation/validations.csv.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plimsoll {

/// One forecast beside what came. A test holds the figures to the page's own table.
struct Validation {
  std::string calibration, scored_on, page;
  std::string scenario, period;
  double came_pct = 0, mean_pct = 0, sd_pp = 0, p05_pct = 0, p95_pct = 0;

  friend bool operator==(const Validation&, const Validation&) = default;
};

/// All rows of the table that ships. \throws InputError (data)
std::vector<Validation> validations();

/// The one scored last: of this calibration if there is any, else of any.
std::optional<Validation> last_validation(const std::string& calibration);

}  // namespace plimsoll
