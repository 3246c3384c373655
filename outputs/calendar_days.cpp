#include "outputs/calendar_days.hpp"

#include <charconv>
#include <chrono>

namespace plimsoll {

namespace {

std::optional<int> number(const std::string& text, std::size_t at, std::size_t digits) {
  int value = 0;
  if (text.size() < at + digits) return std::nullopt;
  const char* end = text.data() + at + digits;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc() && stop == end ? std::optional<int>(value) : std::nullopt;
}

std::optional<std::chrono::sys_days> day(const std::string& text) {
  const auto year = number(text, 0, 4), month = number(text, 5, 2), date = number(text, 8, 2);
  if (!year || !month || !date) return std::nullopt;
  const std::chrono::year_month_day calendar{std::chrono::year{*year},
                                             std::chrono::month{static_cast<unsigned>(*month)},
                                             std::chrono::day{static_cast<unsigned>(*date)}};
  if (!calendar.ok()) return std::nullopt;
  return std::chrono::sys_days(calendar);
}

}  // namespace

std::optional<int> days_between(const std::string& from, const std::string& to) {
  const auto first = day(from), last = day(to);
  if (!first || !last) return std::nullopt;
  return static_cast<int>((*last - *first).count());
}

}  // namespace plimsoll
