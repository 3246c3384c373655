#include "scenarios/month.hpp"

#include <array>
#include <cstdio>

namespace plimsoll {

namespace {

/// Digits of a fixed width, or -1.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

}  // namespace

int days_in_month(Month month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = month.year();
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month.month() - 1)] + (leap && month.month() == 2 ? 1 : 0);
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2));
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return std::nullopt;
  return Month::of(year, month);
}

std::optional<Date> parse_date(std::string_view text) {
  const std::optional<Month> month = parse_month(text.substr(0, 7));
  if (!month) return std::nullopt;
  if (text.size() == 7) return Date{month->year(), month->month(), 1};
  if (text.size() != 10 || text[7] != '-') return std::nullopt;
  const int day = digits(text.substr(8, 2));
  if (day < 1 || day > days_in_month(*month)) return std::nullopt;
  return Date{month->year(), month->month(), day};
}

std::string to_string(Month month) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d", month.year(), month.month());
  return text.data();
}

std::string to_string(const Date& date) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return text.data();
}

}  // namespace plimsoll
