#include "models/correlation.hpp"

#include <Eigen/Dense>
#include <algorithm>

#include "scenarios/input_error.hpp"

namespace plimsoll {

const std::vector<std::string>& correlated_drivers() {
  static const std::vector<std::string> names{"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};
  return names;
}

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
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(matrix);
    Eigen::MatrixXd fixed =
        eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(1e-6).asDiagonal() * eigen.eigenvectors().transpose();
    const Eigen::VectorXd scale = fixed.diagonal().cwiseSqrt().cwiseInverse();
    fixed = scale.asDiagonal() * fixed * scale.asDiagonal();
    std::string hint = "the nearest valid values are";
    for (Eigen::Index r = 0; r < n; ++r) {
      for (Eigen::Index c = 0; c < r; ++c) {
        if (matrix(r, c) == 0 && std::abs(fixed(r, c)) < 0.005) continue;
        const int hundredths = static_cast<int>(std::lround(fixed(r, c) * 100));
        hint += " " + names[static_cast<std::size_t>(c)] + "-" + names[static_cast<std::size_t>(r)] + " " +
                (hundredths < 0 ? "-0." : "0.") + (std::abs(hundredths) < 10 ? "0" : "") +
                std::to_string(std::abs(hundredths));
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
