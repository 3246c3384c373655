/// \file
/// Cells (a series in a period) by name among the outputs of a scenario; contributions by driver are named as in
/// tail.csv: exports.total.yoy/driver/tariff.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/statistic_text.hpp"
#include "sim/output_selection.hpp"

namespace plimsoll {

inline constexpr const char* kContribution = "/driver/";

/// The cell that an output is.
CellName cell_of(const OutputLabel& label);

class CellIndex {
 public:
  explicit CellIndex(const OutputSelection& outputs);

  /// The output's number.
  std::optional<std::size_t> find(const CellName& name) const;
  /// What is wrong with a name that is not found, with the nearest that is.
  Problem missing(const CellName& name, const Place& place, const std::string& path) const;

 private:
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

}  // namespace plimsoll
