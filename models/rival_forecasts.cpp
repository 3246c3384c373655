#include "models/rival_forecasts.hpp"

#include <cmath>

#include "models/calibration_table.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr const char* kMean = "_mean_log";
constexpr const char* kSd = "_sd_log";

/// The rivals are what the header says.
std::vector<std::string> rival_names(const std::string& text, const std::string& file) {
  std::vector<std::string> names;
  for (const std::string& column : parse_csv(text, file).header) {
    const std::size_t end = column.rfind(kMean);
    if (end != std::string::npos && end + std::string(kMean).size() == column.size())
      names.push_back(column.substr(0, end));
  }
  return names;
}

}  // namespace

const std::vector<RivalForecasts::Normal>* RivalForecasts::find(TradeFlow flow, Month origin, int horizon) const {
  const auto found = by_origin.find({flow, origin.index, horizon});
  return found == by_origin.end() ? nullptr : &found->second;
}

RivalForecasts read_rivals(const std::string& text, const std::string& file) {
  RivalForecasts out;
  out.names = rival_names(text, file);
  std::vector<std::string> columns{"flow", "origin", "horizon", "level_usd_bn"};
  for (const std::string& name : out.names) columns.insert(columns.end(), {name + kMean, name + kSd});
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(file, text, columns, checks);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool known = table.choice(row, "flow", {"exports", "imports"});
    const std::optional<Month> origin = table.month(row, "origin");
    const double horizon = table.positive(row, "horizon"), level = table.positive(row, "level_usd_bn");
    std::vector<RivalForecasts::Normal> normals;
    for (const std::string& name : out.names)
      normals.push_back({table.number(row, name + kMean), table.positive(row, name + kSd)});
    if (!known || !origin) continue;
    const TradeFlow flow = table.text(row, "flow") == "exports" ? TradeFlow::exports : TradeFlow::imports;
    out.fitted.try_emplace({flow, origin->index}, RivalForecasts::Fitted{level, row});
    out.by_origin[{flow, origin->index, static_cast<int>(horizon)}] = std::move(normals);
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return out;
}

std::optional<Problem> foreign_rivals(const RivalForecasts& rivals, const TotalsData& data,
                                      const std::map<TradeFlow, std::vector<double>>& levels_as_known,
                                      const std::string& file) {
  constexpr double kRounding = 0.001;
  const std::string hint = "make them for these totals: Rscript models/backtest/rivals.R TOTALS.csv RIVALS.csv";
  bool any = false;
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    for (const auto& [flow, levels] : levels_as_known) {
      const auto found = rivals.fitted.find({flow, data.period[t].index});
      if (found == rivals.fitted.end()) continue;
      any = true;
      const auto& [theirs, row] = found->second;
      if (std::abs(theirs - levels[t]) <= kRounding) continue;
      return problem_at({file, static_cast<int>(row) + 2, 0}, "",
                        "the rivals were fitted to other totals: " + to_string(flow) + " of " +
                            to_string(data.period[t]) + " were " + shortest(theirs) + " there and are " +
                            shortest(levels[t]) + " here",
                        "rivals that saw other figures cannot be compared", hint);
    }
  }
  if (any) return std::nullopt;
  return problem_at({file, 0, 0}, "", "no origin of these rivals is a period of the totals",
                    "rivals forecast from the same months", hint);
}

}  // namespace plimsoll
