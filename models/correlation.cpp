#include "models/correlation.hpp"

#include <Eigen/Dense>
#include <algorithm>

#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

const std::vector<std::string>& correlated_drivers() {
  static const std::vector<std::string> names{"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};
  return names;
}

namespace {

/// In hundredths, as a person can write them, and positive definite as they stand: negative eigenvalues are taken out,
/// and what rounding may break again is mended by drawing all values towards 0.
Eigen::MatrixXd near_correlations(const Eigen::MatrixXd& matrix) {
  constexpr double kHundred = 100, kStep = 0.005;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(matrix);
  Eigen::MatrixXd fixed =
      eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(1e-6).asDiagonal() * eigen.eigenvectors().transpose();
  const Eigen::VectorXd scale = fixed.diagonal().cwiseSqrt().cwiseInverse();
  fixed = scale.asDiagonal() * fixed * scale.asDiagonal();
  for (double shrink = 0;; shrink += kStep) {
    Eigen::MatrixXd rounded = (kHundred * (1 - shrink) * fixed).array().round() / kHundred;
    rounded.diagonal().setOnes();
    if (Eigen::LLT<Eigen::MatrixXd>(rounded).info() == Eigen::Success) return rounded;
  }
}

}  // namespace

std::vector<float> correlation_factor(const std::vector<DriverCorrelation>& pairs) {
  const std::vector<std::string>& names = correlated_drivers();
  const auto n = static_cast<Eigen::Index>(names.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const DriverCorrelation& pair : pairs) {
    const auto a = std::find(names.begin(), names.end(), pair.a) - names.begin();
    const auto b = std::find(names.begin(), names.end(), pair.b) - names.begin();
    if (a >= n || b >= n) {
      throw InputError(
          InputKind::scenario,
          {{{},
            "correlations",
            "correlation between '" + pair.a + "' and '" + pair.b + "' is not supported yet",
            "innovations of capex, memory_price, oil_price, exchange_rate and foreign_demand can correlate",
            "name two of these"}});
    }
    matrix(a, b) = matrix(b, a) = pair.value;
  }
  const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
  if (factor.info() != Eigen::Success) {
    const Eigen::MatrixXd fixed = near_correlations(matrix);
    std::string hint = "values near these that are valid:";
    for (Eigen::Index r = 0; r < n; ++r) {
      for (Eigen::Index c = 0; c < r; ++c) {
        if (matrix(r, c) == 0 && fixed(r, c) == 0) continue;
        const auto name = [&](Eigen::Index k) { return names[static_cast<std::size_t>(k)]; };
        hint += (hint.back() == ':' ? " " : ", ") + name(c) + "-" + name(r) + " " + shortest(fixed(r, c));
      }
    }
    throw InputError(InputKind::scenario, {{{},
                                            "correlations",
                                            "the correlations contradict each other",
                                            "together they are no correlation matrix (an eigenvalue is not positive)",
                                            hint}});
  }
  const Eigen::MatrixXd lower = factor.matrixL();
  std::vector<float> out;
  for (Eigen::Index r = 0; r < n; ++r) {
    for (Eigen::Index c = 0; c < n; ++c) out.push_back(static_cast<float>(lower(r, c)));
  }
  return out;
}

}  // namespace plimsoll
