#include "sim/cell_index.hpp"

#include <vector>

#include "scenarios/near_names.hpp"

namespace plimsoll {

namespace {

bool is_cell(const OutputLabel& label) {
  return label.table == OutputLabel::Table::summary ||
         (label.table == OutputLabel::Table::contributions && label.by == "driver");
}

}  // namespace

CellName cell_of(const OutputLabel& label) {
  std::string series = label.series;
  if (label.table == OutputLabel::Table::contributions) series += kContribution + label.key;
  return {series, to_string(label.period)};
}

CellIndex::CellIndex(const OutputSelection& outputs) {
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    if (!is_cell(outputs.labels[o])) continue;
    const CellName cell = cell_of(outputs.labels[o]);
    places_.emplace(std::pair(cell.series, cell.period), o);
  }
}

std::optional<std::size_t> CellIndex::find(const CellName& name) const {
  const auto found = places_.find({name.series, name.period});
  return found == places_.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

Problem CellIndex::missing(const CellName& name, const Place& place, const std::string& path) const {
  std::vector<std::string> series, periods;
  for (const auto& [cell, ignored] : places_) {
    if (series.empty() || series.back() != cell.first) series.push_back(cell.first);
    if (cell.first == name.series) periods.push_back(cell.second);
  }
  constexpr std::size_t kYear = 4;
  std::string last_year;
  for (const std::string& period : periods) last_year = std::max(last_year, period.substr(0, kYear));
  if (!periods.empty() && name.period.substr(0, kYear) > last_year)
    return {place, path, "nothing computes " + to_string(name), "the series ends in " + last_year,
            "'horizon' is the last month that is simulated: ask for an earlier period, or set a later horizon"};
  return {place, path, "nothing computes " + to_string(name),
          periods.empty() ? "there is no such series" : "the series has no such period",
          periods.empty() ? did_you_mean(name.series, series, "summary.csv of a run of the baseline lists what is")
                          : did_you_mean(name.period, periods, "its periods go from " + periods.front() + " on")};
}

}  // namespace plimsoll
