#include "models/estimation/matrix_estimate.hpp"

#include <algorithm>

#include "models/matrix_fit.hpp"

namespace plimsoll {

MatrixEstimate estimate_matrix(const std::vector<double>& seed, const std::vector<double>& observed,
                               const std::vector<double>& row_sums, const std::vector<double>& column_sums) {
  constexpr double kLeastCell = 1e-6;     // USD bn: every cell has a seed
  constexpr double kMostObserved = 0.98;  // of a sum: the cells that are fitted need the rest
  const std::size_t rows = row_sums.size(), columns = column_sums.size();
  MatrixEstimate result{std::vector<double>(rows * columns), std::vector<bool>(rows * columns), 0};
  std::vector<double> held(rows * columns, 0.0);
  for (std::size_t c = 0; c < held.size(); ++c) {
    result.observed[c] = observed[c] > 0;
    if (result.observed[c]) held[c] = observed[c];
  }
  const auto sum_of = [&](bool of_row, std::size_t index, bool all) {
    double sum = 0;
    bool complete = true;
    for (std::size_t k = 0; k < (of_row ? columns : rows); ++k) {
      const std::size_t cell = of_row ? index * columns + k : k * columns + index;
      sum += held[cell];
      complete = complete && result.observed[cell];
    }
    return all && complete ? 0.0 : sum;  // nothing is left to fit in a line that is observed whole
  };
  const auto release = [&](bool of_row, std::size_t index, double total) {
    if (sum_of(of_row, index, true) <= kMostObserved * total) return;
    for (std::size_t k = 0; k < (of_row ? columns : rows); ++k) {
      const std::size_t cell = of_row ? index * columns + k : k * columns + index;
      result.observed[cell] = false;
      held[cell] = 0;
    }
  };
  for (std::size_t r = 0; r < rows; ++r) release(true, r, row_sums[r]);
  for (std::size_t c = 0; c < columns; ++c) release(false, c, column_sums[c]);
  std::vector<double> rest_rows = row_sums, rest_columns = column_sums, rest(rows * columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t cell = r * columns + c;
      rest_rows[r] -= held[cell];
      rest_columns[c] -= held[cell];
      // Observed cells stand in the fit as next to nothing, so that a line that is observed whole has a divisor.
      rest[cell] = result.observed[cell] ? kLeastCell * kLeastCell
                                         : std::max(observed[cell] > 0 ? observed[cell] : seed[cell], kLeastCell);
    }
  }
  for (double& x : rest_rows) x = std::max(x, kLeastCell * kLeastCell);
  for (double& x : rest_columns) x = std::max(x, kLeastCell * kLeastCell);
  result.gap = fit_matrix(rest, rest_rows, rest_columns).gap;
  for (std::size_t cell = 0; cell < rest.size(); ++cell)
    result.values[cell] = result.observed[cell] ? held[cell] : std::max(rest[cell], kLeastCell);
  return result;
}

}  // namespace plimsoll
