#include "models/trade_period.hpp"

namespace plimsoll {
namespace {

constexpr int kFebruary = 2, kDecember = 12;

std::optional<int> parse_year(const std::string& text) {
  const std::optional<Month> january = parse_month(text + "-01");
  return text.size() == 4 && january ? std::optional<int>(january->year()) : std::nullopt;
}

DataPeriod named(Month first, Month last) {
  const bool year = first.month() == 1 && last == first + (kDecember - 1);
  return {year                                 ? Frequency::year
          : first.month() == 1 && last > first ? Frequency::year_to_date
                                               : Frequency::month,
          first, last};
}

}  // namespace

DataPeriod year_to_date(Month last) { return {Frequency::year_to_date, Month::of(last.year(), 1), last}; }

DataPeriod merged_month(Month month) {
  if (month.month() > kFebruary) return {Frequency::month, month, month};
  return {Frequency::month, Month::of(month.year(), 1), Month::of(month.year(), kFebruary)};
}

std::optional<DataPeriod> parse_data_months(const std::string& text) {
  if (const std::optional<int> year = parse_year(text))
    return DataPeriod{Frequency::year, Month::of(*year, 1), Month::of(*year, kDecember)};
  if (const std::optional<Month> month = parse_month(text)) return DataPeriod{Frequency::month, *month, *month};
  if (text.size() == 6 && (text[4] == 'Q' || text[4] == 'q')) {
    const std::optional<int> year = parse_year(text.substr(0, 4));
    if (!year || text[5] < '1' || text[5] > '4') return std::nullopt;
    const Month first = Month::of(*year, 3 * (text[5] - '1') + 1);
    return DataPeriod{Frequency::quarter, first, first + 2};
  }
  if (text.size() == 6) return parse_data_months(text.substr(0, 4) + "-" + text.substr(4));
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return std::nullopt;
  const std::optional<Month> first = parse_month(text.substr(0, dots));
  std::string end = text.substr(dots + 2);
  if (end.size() == 2) end = text.substr(0, 5) + end;
  const std::optional<Month> last = parse_month(end);
  if (!first || !last || *last < *first) return std::nullopt;
  DataPeriod period = named(*first, *last);
  if (first->month() == 1 && last->month() == kFebruary && first->year() == last->year())
    period.frequency = Frequency::month;
  return period;
}

std::optional<DataPeriod> parse_data_period(const std::string& text, Month last_month) {
  if (!text.ends_with("ytd")) return parse_data_months(text);
  const std::string of = text.substr(0, text.size() - 3);
  if (const std::optional<Month> last = parse_month(of)) return year_to_date(*last);
  const std::optional<int> year = parse_year(of);
  if (!year) return std::nullopt;
  const Month end = Month::of(*year, kDecember);
  return year_to_date(end < last_month ? end : *year == last_month.year() ? last_month : end);
}

std::vector<DataPeriod> periods_between(Month first, Month last) {
  std::vector<DataPeriod> months, quarters, years, to_date;
  for (Month m = first; m <= last; m = m + 1) {
    if (m.month() == 1) continue;
    months.push_back(merged_month(m));
    if (m.month() % 3 == 0) quarters.push_back({Frequency::quarter, m - 2, m});
    if (m.month() == kDecember)
      years.push_back({Frequency::year, m - (kDecember - 1), m});
    else
      to_date.push_back(year_to_date(m));
  }
  for (const auto* more : {&quarters, &years, &to_date}) months.insert(months.end(), more->begin(), more->end());
  return months;
}

}  // namespace plimsoll
