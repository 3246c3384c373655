#include "models/matrix_fit.hpp"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(MatrixFit, MeetsBothMarginsAndKeepsTheSeedsOddsRatios) {
  std::vector<double> x{1, 2, 3, 4, 5, 7};
  const double odds = x[0] * x[4] / (x[1] * x[3]);
  const FitReport report = fit_matrix(x, {10, 20}, {5, 10, 15});
  EXPECT_LT(report.gap, 1e-12);
  EXPECT_NEAR(x[0] + x[1] + x[2], 10, 1e-12);
  EXPECT_NEAR(x[3] + x[4] + x[5], 20, 1e-12);
  EXPECT_NEAR(x[0] + x[3], 5, 1e-10);
  EXPECT_NEAR(x[2] + x[5], 15, 1e-10);
  EXPECT_NEAR(x[0] * x[4] / (x[1] * x[3]), odds, 1e-10);
}

TEST(MatrixFit, ReportsTheGapWhenMarginsContradictEachOther) {
  std::vector<double> x{1, 1, 1, 1};
  EXPECT_GT(fit_matrix(x, {1, 1}, {2, 2}).gap, 0.1);
}

}  // namespace
}  // namespace plimsoll
