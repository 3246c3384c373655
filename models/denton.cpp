#include "models/denton.hpp"

#include <Eigen/Dense>
#include <cmath>

namespace plimsoll {

DentonMap denton(const std::vector<double>& indicator, double last_level, double last_indicator,
                 const std::vector<std::vector<int>>& sums) {
  const auto n = static_cast<Eigen::Index>(indicator.size());
  const auto k = static_cast<Eigen::Index>(sums.size());
  Eigen::MatrixXd difference = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index q = 0; q < n; ++q) {
    difference(q, q) = 1 / indicator[static_cast<std::size_t>(q)];
    if (q > 0) difference(q, q - 1) = -1 / indicator[static_cast<std::size_t>(q - 1)];
  }
  Eigen::VectorXd start = Eigen::VectorXd::Zero(n);
  start(0) = last_level / last_indicator;
  // First-order conditions with multipliers: [2 D'D A'; A 0][x; l] = [2 D'start; r].
  Eigen::MatrixXd kkt = Eigen::MatrixXd::Zero(n + k, n + k);
  kkt.topLeftCorner(n, n) = 2 * difference.transpose() * difference;
  for (Eigen::Index j = 0; j < k; ++j) {
    for (const int q : sums[static_cast<std::size_t>(j)]) kkt(n + j, q) = kkt(q, n + j) = 1;
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> solver(kkt);
  DentonMap map;
  if (!solver.isInvertible()) return map;
  Eigen::MatrixXd right = Eigen::MatrixXd::Zero(n + k, k + 1);
  right.bottomLeftCorner(k, k).setIdentity();
  right.col(k).head(n) = 2 * difference.transpose() * start;
  const Eigen::MatrixXd solution = solver.solve(right);
  for (Eigen::Index q = 0; q < n; ++q) {
    for (Eigen::Index j = 0; j < k; ++j) map.weight.push_back(solution(q, j));
    map.constant.push_back(solution(q, k));
  }
  return map;
}

std::vector<double> quarter_pattern(const std::vector<double>& level, int first_quarter) {
  const std::size_t used = std::min<std::size_t>(level.size(), 16);
  const std::size_t skipped = level.size() - used;
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(used), 5);
  Eigen::VectorXd y(static_cast<Eigen::Index>(used));
  for (std::size_t j = 0; j < used; ++j) {
    const auto row = static_cast<Eigen::Index>(j);
    const auto quarter = static_cast<Eigen::Index>((static_cast<std::size_t>(first_quarter - 1) + skipped + j) % 4);
    x(row, quarter) = 1;
    x(row, 4) = static_cast<double>(j);
    y(row) = std::log(level[skipped + j]);
  }
  const Eigen::VectorXd effect = x.colPivHouseholderQr().solve(y);
  std::vector<double> pattern(4);
  double mean = 0;
  for (std::size_t q = 0; q < 4; ++q) mean += (pattern[q] = std::exp(effect(static_cast<Eigen::Index>(q)))) / 4;
  for (double& p : pattern) p /= mean;
  return pattern;
}

}  // namespace plimsoll
