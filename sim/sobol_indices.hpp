/// \file
/// Sobol indices from Saltelli's design, with bootstrap intervals. Pure functions; docs/theory/sensitivity.md.
#pragma once

#include <functional>
#include <vector>

namespace plimsoll {

/// An estimate with its standard error and 95% interval.
struct IntervalEstimate {
  double value = 0, se = 0, low = 0, high = 0;
};

/// Values of a function at the rows of Saltelli's design: at A, at B, and at A with each input's column from B.
struct SaltelliValues {
  std::vector<double> a, b;
  std::vector<std::vector<double>> mixed;  ///< [input][row]
};

struct SobolIndex {
  IntervalEstimate first;  ///< Var(E[Y | X_i]) / Var(Y): Saltelli et al. (2010), table 2 (b), about the mean
  IntervalEstimate total;  ///< E[Var(Y | X_~i)] / Var(Y): Jansen (1999)
};

/// One per input. Intervals: percentiles of bootstrap samples of rows (Efron 1979; Archer, Saltelli and Sobol 1997);
/// the same rows for all inputs. All 0 where the function is constant. \pre at least 2 rows
std::vector<SobolIndex> sobol_indices(const SaltelliValues& values);

/// For tests and others of this kind: estimates of `statistic(rows)` over bootstrap samples of n rows. A sample is
/// given as the number of times that each row is in it; the value is that of every row once.
std::vector<IntervalEstimate> bootstrap(
    std::size_t rows, const std::function<std::vector<double>(const std::vector<double>& times)>& statistics);

}  // namespace plimsoll
