/// \file
/// One product's or market's figures joined into a series: any months can be summed that its printed spans reach.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/trade_figures.hpp"

namespace plimsoll {

/// Sums over spans of months that follow from printed spans by adding and taking away: years to date are differenced,
/// January-February stays one where nothing splits it.
class SpanSums {
 public:
  /// What the spans so far imply for this one, before it is added; nullopt when they say nothing.
  std::optional<double> add(Month first, Month last, double value);
  std::optional<double> over(Month first, Month last) const;

 private:
  struct Boundary {
    int component = 0;
    double offset = 0;  ///< sum from the component's origin to here
  };
  std::map<std::pair<int, int>, double> printed_;
  std::map<int, Boundary> boundaries_;
  int components_ = 0;
  Boundary& boundary(int month);
};

struct TradeLine {
  std::string name;  ///< as printed; empty: all trade
  Place place;       ///< of its first figure
  std::string unit;  ///< of quantities, a base unit; empty: none printed
  struct Printed {
    double value_bn = 0;
    std::optional<double> quantity;  ///< in `unit`
    Place place;
    std::string layout;
  };
  std::map<std::pair<Month, Month>, Printed> printed;  ///< by first and last month
  SpanSums value, quantity;

  /// Months that printed spans cover, sorted.
  std::vector<Month> covered() const;
};

/// Fills the sums from `printed`; months whose printed figures contradict each other are problems.
void join_spans(TradeLine& line, const std::string& what, std::vector<Problem>& problems);

}  // namespace plimsoll
