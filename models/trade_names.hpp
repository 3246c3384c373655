/// \file
/// Which group of a calibration a printed name of a product or market means.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Names of one flow: ids and titles of groups, customs lines of which groups are made, HS codes, members of markets. A
/// line that is split over groups (integrated circuits), or one of a group that holds more than lines, is none of them.
class TradeNames {
 public:
  /// From the tables of a shipped calibration.
  TradeNames(const std::string& calibration, const std::string& flow);

  std::string product(const std::string& printed) const;  ///< id of the group; empty: not known
  std::string market(const std::string& printed) const;
  /// Whether these printed lines are all that the group of products is made of.
  bool has_all_lines(const std::string& id, const std::vector<std::string>& printed) const;
  const std::map<std::string, Text>& product_titles() const { return product_titles_; }
  const std::map<std::string, Text>& market_titles() const { return market_titles_; }

 private:
  std::map<std::string, std::string> products_, markets_, codes_;  ///< folded name -> id
  std::map<std::string, std::vector<std::string>> lines_;          ///< id -> folded names of its lines
  std::map<std::string, Text> product_titles_, market_titles_;

  void read_products(const std::string& text, const std::string& file);
  void read_markets(const std::string& text, const std::string& file);
};

/// What customs, in Chinese and English, and UN Comtrade call a line or market, as the calibrations' tables call it;
/// the folded name itself when it has no other.
std::string customs_name(const std::string& folded_name);

}  // namespace plimsoll
