/// \file
/// History of groups as of an earlier month: lines as customs prints them, divided as one could divide them then.
#pragma once

#include <string>

#include "models/estimation/table_text.hpp"

namespace plimsoll {

/// The line of integrated circuits divided without later figures: memory's odds move with the lagged memory index from
/// what they are believed to be in `kSplitAnchor`; processors are a fixed share of the rest.
class ChipSplit {
 public:
  /// \param memory_frac of the line in the anchor month; \param index up to the origin.
  ChipSplit(double memory_frac, double processors_frac, const MonthlySeries& index);

  double memory(double line, Month month) const;
  double processors(double line, Month month) const;  ///< of what memory leaves

 private:
  double odds_, processors_frac_;
  const MonthlySeries& index_;
  std::vector<double> weights_;
};

/// history.csv with rows of `figures` up to the origin. Memory's part of the line of integrated circuits moves with the
/// lagged memory index from what `beliefs` have in `kSplitAnchor`; the other shares of lines that customs does not
/// print are those of `beliefs` in 2024; the residual group closes the sum. \param memory index up to the origin.
std::string split_history(const TableFiles& figures, const TableFiles& beliefs, const std::string& figures_name,
                          const std::string& beliefs_name, const MonthlySeries& memory, Month origin,
                          const Date& known_on);

inline constexpr Month kSplitAnchor = Month::of(2025, 5);

}  // namespace plimsoll
