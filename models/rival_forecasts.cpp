#include "models/rival_forecasts.hpp"

#include "models/calibration_table.hpp"

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
  std::vector<std::string> columns{"flow", "origin", "horizon"};
  for (const std::string& name : out.names) columns.insert(columns.end(), {name + kMean, name + kSd});
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(file, text, columns, checks);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool known = table.choice(row, "flow", {"exports", "imports"});
    const std::optional<Month> origin = table.month(row, "origin");
    const double horizon = table.positive(row, "horizon");
    std::vector<RivalForecasts::Normal> normals;
    for (const std::string& name : out.names)
      normals.push_back({table.number(row, name + kMean), table.positive(row, name + kSd)});
    if (!known || !origin) continue;
    const TradeFlow flow = table.text(row, "flow") == "exports" ? TradeFlow::exports : TradeFlow::imports;
    out.by_origin[{flow, origin->index, static_cast<int>(horizon)}] = std::move(normals);
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return out;
}

}  // namespace plimsoll
