#include "outputs/html/report_periods.hpp"

#include "outputs/labels.hpp"

namespace plimsoll {

int ReportPeriods::number_of(const Period& period) {
  const auto [place, added] =
      numbers_.try_emplace({period.frequency, period.first, period.last}, static_cast<int>(periods_.size()));
  if (added) periods_.push_back(period);
  return place->second;
}

nlohmann::ordered_json ReportPeriods::json() const {
  const Titles none;
  const Labels en(none, Language::en), zh(none, Language::zh);
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Period& p : periods_) {
    rows.push_back({to_string(p), to_string(p.frequency), 12 * p.first.year() + p.first.month() - 1,
                    12 * p.last.year() + p.last.month() - 1, en.period(p), zh.period(p)});
  }
  return rows;
}

}  // namespace plimsoll
