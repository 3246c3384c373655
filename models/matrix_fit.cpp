#include "models/matrix_fit.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

FitReport fit_matrix(std::vector<double>& matrix, const std::vector<double>& row_sums,
                     const std::vector<double>& column_sums, double tolerance, int most_sweeps) {
  const std::size_t rows = row_sums.size(), columns = column_sums.size();
  FitReport report;
  for (report.sweeps = 1; report.sweeps <= most_sweeps; ++report.sweeps) {
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = 0;
      for (std::size_t r = 0; r < rows; ++r) sum += matrix[r * columns + c];
      for (std::size_t r = 0; r < rows; ++r) matrix[r * columns + c] *= column_sums[c] / sum;
    }
    std::vector<double> reached(columns, 0.0);
    for (std::size_t r = 0; r < rows; ++r) {
      double sum = 0;
      for (std::size_t c = 0; c < columns; ++c) sum += matrix[r * columns + c];
      for (std::size_t c = 0; c < columns; ++c) reached[c] += matrix[r * columns + c] *= row_sums[r] / sum;
    }
    report.gap = 0;
    for (std::size_t c = 0; c < columns; ++c)
      report.gap = std::max(report.gap, std::abs(reached[c] / column_sums[c] - 1));
    if (report.gap < tolerance) break;
  }
  return report;
}

}  // namespace plimsoll
