/// \file
/// The grammar of figures of a distribution: `exports.total.yoy@2027`, `p05(exports.total.yoy@2027)`,
/// `prob(exports.total.yoy@2027 < 0 and driver.memory_price.level@2027-12 < 100)`, and gates that compare one with a
/// number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/input_error.hpp"

namespace plimsoll {

/// A series in a period, as written.
struct CellName {
  std::string series, period;
  friend bool operator==(const CellName&, const CellName&) = default;
};
std::string to_string(const CellName& cell);

enum class Side { below, above };

/// `CELL < NUMBER` or `CELL > NUMBER`, on a path.
struct Condition {
  CellName cell;
  Side side = Side::below;
  double threshold = 0;
};

/// Conditions that hold on the same path.
struct JointEvent {
  std::vector<Condition> conditions;
};
std::string to_string(const JointEvent& event);

struct Statistic {
  enum class Kind { mean, sd, quantile, probability } kind = Kind::mean;
  double level = 0;  ///< of a quantile, 0..1
  CellName cell;     ///< of mean, sd, quantile
  JointEvent event;  ///< of a probability
};
std::string to_string(const Statistic& statistic);

/// `STATISTIC < NUMBER` or `STATISTIC > NUMBER`.
struct Gate {
  Statistic statistic;
  Side side = Side::below;
  double value = 0;
};
std::string to_string(const Gate& gate);

/// Levels of the quantiles that tables hold.
inline constexpr double kTableQuantiles[] = {0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};
/// `p05` for 0.05.
std::string quantile_name(double level);

/// Each returns nothing for what is no such text, and then says what, why and a hint (the place is the caller's).
std::optional<CellName> parse_cell(const std::string& text, Problem& problem);
std::optional<JointEvent> parse_event(const std::string& text, Problem& problem);
std::optional<Statistic> parse_statistic(const std::string& text, Problem& problem);
std::optional<Gate> parse_gate(const std::string& text, Problem& problem);

}  // namespace plimsoll
