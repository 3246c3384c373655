/// \file
/// Small dense matrices with plain loops, so that sums have one order and estimates the same digits on every machine.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace plimsoll {

struct Dense {
  std::size_t rows = 0, columns = 0;
  std::vector<double> value;  ///< row-major

  Dense() = default;
  Dense(std::size_t row_count, std::size_t column_count)
      : rows(row_count), columns(column_count), value(row_count * column_count, 0.0) {}
  double& operator()(std::size_t r, std::size_t c) { return value[r * columns + c]; }
  double operator()(std::size_t r, std::size_t c) const { return value[r * columns + c]; }
  static Dense identity(std::size_t n);
};

/// A' A, symmetric.
Dense gram(const Dense& a);
/// A x and A' x.
std::vector<double> times(const Dense& a, const std::vector<double>& x);
std::vector<double> transposed_times(const Dense& a, const std::vector<double>& x);
double dot(const std::vector<double>& a, const std::vector<double>& b);

/// Lower Cholesky factor; nullopt when `a` is not positive definite.
std::optional<Dense> cholesky(const Dense& a);
/// \throws std::domain_error when `a` is not positive definite.
Dense inverse_spd(const Dense& a);
double log_determinant_spd(const Dense& a);

/// Eigenvalues from the largest down and their vectors as columns, by Jacobi rotations (Golub and Van Loan, 8.5).
struct SymmetricEigen {
  std::vector<double> values;
  Dense vectors;
};
SymmetricEigen symmetric_eigen(const Dense& a);

/// Ordinary least squares of y on X.
struct LeastSquares {
  std::vector<double> coefficients, residuals;
  Dense inverse;  ///< (X'X)^-1
  double residual_sum = 0;
};
/// \throws std::domain_error when the columns of X are collinear.
LeastSquares least_squares(const Dense& x, const std::vector<double>& y);

}  // namespace plimsoll
