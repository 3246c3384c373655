/// \file
/// A small SVG picture with a value axis: shapes in the units of the data, text escaped.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// Text of users inside an element or attribute; control characters, which XML forbids, are blanks.
std::string svg_escaped(const std::string& text);

class SvgCanvas {
 public:
  /// A plot of `slots` equal columns, its values from `low` to `high` (widened to round ticks).
  SvgCanvas(const std::string& title, const std::string& value_title, std::size_t slots, double low, double high);

  /// Closed area between two curves over slots [first, first + upper.size()).
  void band(std::size_t first, const std::vector<double>& lower, const std::vector<double>& upper,
            const std::string& colour);
  void line(std::size_t first, const std::vector<double>& values, const std::string& colour, double width);
  /// A bar that fills the middle of a slot between two values.
  void bar(std::size_t slot, double from, double to, const std::string& colour);
  void dot(std::size_t slot, double value);
  void slot_label(std::size_t slot, const std::string& text);
  /// Entries stand below the plot, in rows.
  void legend(const std::string& text, const std::string& colour);
  void note(const std::string& text);

  std::string svg() const;

 private:
  double x(std::size_t slot) const;  ///< its middle
  double y(double value) const;

  std::string title_, body_, note_;
  std::vector<std::pair<std::string, std::string>> legend_;
  std::size_t slots_;
  double low_, high_;
};

}  // namespace plimsoll
