#include "models/estimation/dense.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace plimsoll {

Dense Dense::identity(std::size_t n) {
  Dense a(n, n);
  for (std::size_t k = 0; k < n; ++k) a(k, k) = 1;
  return a;
}

Dense gram(const Dense& a) {
  Dense g(a.columns, a.columns);
  for (std::size_t r = 0; r < a.rows; ++r) {
    for (std::size_t i = 0; i < a.columns; ++i) {
      for (std::size_t j = 0; j <= i; ++j) g(i, j) += a(r, i) * a(r, j);
    }
  }
  for (std::size_t i = 0; i < a.columns; ++i) {
    for (std::size_t j = 0; j < i; ++j) g(j, i) = g(i, j);
  }
  return g;
}

std::vector<double> times(const Dense& a, const std::vector<double>& x) {
  std::vector<double> y(a.rows, 0.0);
  for (std::size_t r = 0; r < a.rows; ++r) {
    for (std::size_t c = 0; c < a.columns; ++c) y[r] += a(r, c) * x[c];
  }
  return y;
}

std::vector<double> transposed_times(const Dense& a, const std::vector<double>& x) {
  std::vector<double> y(a.columns, 0.0);
  for (std::size_t r = 0; r < a.rows; ++r) {
    for (std::size_t c = 0; c < a.columns; ++c) y[c] += a(r, c) * x[r];
  }
  return y;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

std::optional<Dense> cholesky(const Dense& a) {
  const std::size_t n = a.rows;
  Dense l(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= l(i, k) * l(j, k);
      if (i != j) {
        l(i, j) = sum / l(j, j);
      } else if (sum > 0 && sum > 1e-15 * a(i, i)) {  // else only rounding is left of the pivot
        l(i, i) = std::sqrt(sum);
      } else {
        return std::nullopt;
      }
    }
  }
  return l;
}

namespace {

Dense factor_of(const Dense& a) {
  std::optional<Dense> l = cholesky(a);
  if (!l) throw std::domain_error("the matrix is not positive definite");
  return std::move(*l);
}

}  // namespace

Dense inverse_spd(const Dense& a) {
  const Dense l = factor_of(a);
  const std::size_t n = a.rows;
  Dense inverse(n, n);
  for (std::size_t c = 0; c < n; ++c) {
    std::vector<double> x(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = i == c ? 1 : 0;
      for (std::size_t k = 0; k < i; ++k) sum -= l(i, k) * x[k];
      x[i] = sum / l(i, i);
    }
    for (std::size_t i = n; i-- > 0;) {
      double sum = x[i];
      for (std::size_t k = i + 1; k < n; ++k) sum -= l(k, i) * x[k];
      x[i] = sum / l(i, i);
    }
    for (std::size_t i = 0; i < n; ++i) inverse(i, c) = x[i];
  }
  return inverse;
}

double log_determinant_spd(const Dense& a) {
  const Dense l = factor_of(a);
  double sum = 0;
  for (std::size_t k = 0; k < l.rows; ++k) sum += 2 * std::log(l(k, k));
  return sum;
}

SymmetricEigen symmetric_eigen(const Dense& matrix) {
  constexpr int kMostSweeps = 100;
  Dense a = matrix;
  const std::size_t n = a.rows;
  Dense v = Dense::identity(n);
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double off = 0, on = 0;
    for (std::size_t i = 0; i < n; ++i) {
      on += a(i, i) * a(i, i);
      for (std::size_t j = 0; j < i; ++j) off += a(i, j) * a(i, j);
    }
    if (off <= 1e-28 * on) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a(p, q) == 0) continue;
        const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double kp = a(k, p), kq = a(k, q);
          a(k, p) = c * kp - s * kq;
          a(k, q) = s * kp + c * kq;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double pk = a(p, k), qk = a(q, k);
          a(p, k) = c * pk - s * qk;
          a(q, k) = s * pk + c * qk;
          const double vp = v(k, p), vq = v(k, q);
          v(k, p) = c * vp - s * vq;
          v(k, q) = s * vp + c * vq;
        }
      }
    }
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return a(x, x) > a(y, y); });
  SymmetricEigen result{{}, Dense(n, n)};
  for (std::size_t c = 0; c < n; ++c) {
    result.values.push_back(a(order[c], order[c]));
    // The sign of a vector is free: its largest entry is made positive.
    std::size_t largest = 0;
    for (std::size_t k = 0; k < n; ++k) {
      if (std::abs(v(k, order[c])) > std::abs(v(largest, order[c])) + 1e-12) largest = k;
    }
    const double sign = n > 0 && v(largest, order[c]) < 0 ? -1 : 1;
    for (std::size_t k = 0; k < n; ++k) result.vectors(k, c) = sign * v(k, order[c]);
  }
  return result;
}

LeastSquares least_squares(const Dense& x, const std::vector<double>& y) {
  LeastSquares fit;
  fit.inverse = inverse_spd(gram(x));
  fit.coefficients = times(fit.inverse, transposed_times(x, y));
  const std::vector<double> fitted = times(x, fit.coefficients);
  for (std::size_t k = 0; k < y.size(); ++k) fit.residuals.push_back(y[k] - fitted[k]);
  fit.residual_sum = dot(fit.residuals, fit.residuals);
  return fit;
}

}  // namespace plimsoll
