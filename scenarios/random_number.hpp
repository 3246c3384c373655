/// \file
/// A number that may be a distribution: what a user can write wherever a number may stand.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// A fixed number or a distribution, as data. Parameters in `args` by kind:
///   fixed {value}; normal {mean, sd}; lognormal {median, sd_log}; uniform {low, high};
///   triangular {low, mode, high}; beta {alpha, beta, low, high}; student_t {mean, scale, dof};
///   discrete {value_1, probability_1, value_2, probability_2, ...} by rising value;
///   quantiles {probability_1, value_1, ...} by rising probability (0..1, piecewise linear in the normal quantile,
///   tails continued with the outermost slopes).
struct RandomNumber {
  enum class Kind { fixed, normal, lognormal, uniform, triangular, beta, student_t, discrete, quantiles };
  Kind kind = Kind::fixed;
  std::vector<double> args{0.0};

  static RandomNumber fixed(double value) { return {Kind::fixed, {value}}; }
  bool is_fixed() const { return kind == Kind::fixed; }
  friend bool operator==(const RandomNumber&, const RandomNumber&) = default;
};

/// The value at a standard normal deviate z: F^-1(Phi(z)). Monotone in z.
double quantile_at_normal(const RandomNumber& number, double z);
/// Median of the distribution (its central value).
double median(const RandomNumber& number);
/// Expected value.
double mean(const RandomNumber& number);
/// `a + b X` as a RandomNumber (b may be negative).
RandomNumber scaled(const RandomNumber& number, double factor);

}  // namespace plimsoll
