/// \file
/// The weight that a regression's slope deserves at the start of a trend, from how well it would have forecast.
/// Formulas: docs/theory/estimation.md, section 2.
#pragma once

#include "models/estimation/bayesian_regression.hpp"
#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {

/// How forecasts are made: the regression of a window, then a damped trend towards the long-run slope.
struct StartForecasts {
  int window_months = 0;
  double gain = 0;          ///< of the level at the window's end
  double damping = 1;       ///< phi, a month
  double long_run_log = 0;  ///< mu_LR, per year
  Month first, last;        ///< first origin, last target
};

struct StartWeight {
  double best_frac = 0, se_frac = 0;  ///< by least squares, wherever it lies; its error counts that origins overlap
  NormalBelief belief;                ///< mean and sd given that it lies between 0 and 1
  int origins = 0;
};

/// \param logs without seasons; NaN in January, whose February stands for both. Targets are 3, 5, 9 and 13 months
/// ahead. \throws std::domain_error with fewer than 36 origins: a window's slope hardly changes in less
StartWeight measure_start_weight(const MonthlySeries& logs, const StartForecasts& forecasts);

/// A normal belief given that the number lies between 0 and 1.
NormalBelief between_0_and_1(const NormalBelief& belief);

}  // namespace plimsoll
