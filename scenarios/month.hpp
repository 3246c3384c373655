/// \file
/// Calendar months and days as the product writes them (`2026-05`, `2026-05-12`).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// A calendar month; arithmetic counts months.
struct Month {
  int index = 0;  ///< year * 12 + (month - 1)

  static constexpr Month of(int year, int month) { return Month{year * 12 + month - 1}; }
  constexpr int year() const { return index / 12; }
  constexpr int month() const { return index % 12 + 1; }  ///< 1..12
  constexpr int quarter() const { return index % 12 / 3 + 1; }
  friend constexpr auto operator<=>(Month, Month) = default;
  friend constexpr Month operator+(Month a, int months) { return Month{a.index + months}; }
  friend constexpr Month operator-(Month a, int months) { return Month{a.index - months}; }
  friend constexpr int operator-(Month a, Month b) { return a.index - b.index; }
};

/// A calendar day of the proleptic Gregorian calendar.
struct Date {
  int year = 0;
  int month = 1;
  int day = 1;

  constexpr Month in_month() const { return Month::of(year, month); }
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

int days_in_month(Month month);
/// `YYYY-MM`, nothing else; nullopt when `text` is not a month between 1900 and 2199.
std::optional<Month> parse_month(std::string_view text);
/// `YYYY-MM-DD` or `YYYY-MM` (its first day); nullopt when it is no such day.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(Month month);
std::string to_string(const Date& date);

}  // namespace plimsoll
