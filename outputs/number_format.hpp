/// \file
/// Numbers as people read them: signs, sensible decimals, thousands.
#pragma once

#include <cstdint>
#include <string>

namespace plimsoll {

/// `+11.2`, `-0.4`, `+0.0` (never `-0.0`); `n/a` when there is no number.
std::string signed_fixed(double value, int decimals);
/// `11.2`; `n/a` when there is no number.
std::string fixed(double value, int decimals);
/// Two digits and a power of ten: `2.1e-09`.
std::string scientific(double value);
/// A Monte Carlo error, one significant digit below 0.1: `±0.3`, `±0.04`, `±0.005`; `n/a` when there is none.
std::string error_text(double se);
/// A probability (0..1) in percent: `0.3%`, `12%`, `below 0.1%`, `above 99.9%`. What no path, or every path, of `paths`
/// does is known to 3/paths only (95%).
std::string probability_text(double probability, std::int64_t paths);
/// The same with its error in percentage points.
std::string probability_with_error(double probability, double se, std::int64_t paths);
/// `1,234,567`.
std::string grouped(std::int64_t value);
/// `3,871 bn`-style: no decimals from 100 up, one below.
std::string usd_bn_text(double value);
/// Decimals that a level needs to be told: two below 20 (an exchange rate), one from there on.
int level_decimals(double value);
/// Columns that UTF-8 `text` takes on a terminal: code points, East Asian wide ones counted twice; colour codes none.
int text_width(const std::string& text);
/// `text` filled with blanks on the left (right-aligned) or right to `width` columns.
std::string right_aligned(const std::string& text, int width);
std::string left_aligned(const std::string& text, int width);

}  // namespace plimsoll
