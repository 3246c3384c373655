/// \file
/// Small tables of scores under headings, all cells as text: what the terminal, Markdown and HTML show of a backtest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/totals_data.hpp"

namespace plimsoll {

struct ScoreTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::string title{};  ///< above it; may be empty
};

struct ScoreSection {
  std::string title;
  std::vector<ScoreTable> tables;                ///< those without rows are not shown
  std::optional<TradeFlow> flow = std::nullopt;  ///< whose pictures belong here
};

}  // namespace plimsoll
