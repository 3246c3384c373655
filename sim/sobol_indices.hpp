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
  /// Var(E[Y | X_i]) / Var(Y). Small indices are known best by Saltelli et al. (2010), table 2 (b), about the mean;
  /// large ones by the correlation of Janon et al. (2014). This is the weighted mean of the two that varies least over
  /// the bootstrap samples.
  IntervalEstimate first;
  IntervalEstimate total;  ///< E[Var(Y | X_~i)] / Var(Y): Jansen (1999)
};

/// One per input. Intervals: percentiles of bootstrap samples of rows (Efron 1979; Archer, Saltelli and Sobol 1997);
/// the same rows for all inputs. All 0 where the function is constant. \pre at least 2 rows
std::vector<SobolIndex> sobol_indices(const SaltelliValues& values);

/// Some statistics of rows, each as many times in the sample as told.
using RowStatistics = std::function<std::vector<double>(const std::vector<double>& times)>;
/// Statistics of every row once, with their spread over bootstrap samples of as many rows.
std::vector<IntervalEstimate> bootstrap(std::size_t rows, const RowStatistics& statistics);

}  // namespace plimsoll
