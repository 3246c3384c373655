#include "sim/totals_paths.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <random>

#include "models/scores.hpp"

namespace plimsoll {
namespace {

/// One number in each of `n` equal strata of (0, 1), in random order. Raw 64-bit numbers only: what the standard
/// library's distributions give is not the same everywhere.
void add_strata(std::vector<double>& out, std::size_t n, std::mt19937_64& numbers) {
  const std::size_t first = out.size();
  for (std::size_t k = 0; k < n; ++k) {
    const double inside = (static_cast<double>(numbers() >> 11U) + 0.5) / 9007199254740992.0;  // 2^53
    out.push_back((static_cast<double>(k) + inside) / static_cast<double>(n));
  }
  for (std::size_t k = n; k > 1; --k) std::swap(out[first + k - 1], out[first + numbers() % k]);
}

}  // namespace

TotalsPaths::TotalsPaths(int paths, int horizons, std::uint64_t seed) : paths_(paths), horizons_(horizons) {
  std::mt19937_64 numbers(seed);
  const auto size = static_cast<std::size_t>(paths / kReplicates);
  const auto all = [&](std::vector<double>& out) {
    for (int r = 0; r < kReplicates; ++r) add_strata(out, size, numbers);
  };
  for (int h = 0; h < horizons; ++h) all(normals_);
  for (double& z : normals_) z = normal_quantile(z);
  all(which_);
  all(wide_);
}

std::vector<double> TotalsPaths::draw(const TotalsForecast& forecast) const {
  const auto n = static_cast<std::size_t>(paths_), horizons = static_cast<std::size_t>(horizons_);
  std::vector<double> end;  // of each setting's part of (0, 1)
  std::vector<Eigen::MatrixXd> roots;
  double sum = 0;
  for (const auto& member : forecast.members) {
    end.push_back(sum += member.weight_frac);
    const Eigen::Map<const Eigen::MatrixXd> covariance(member.covariance.data(), forecast.horizons, forecast.horizons);
    roots.emplace_back(covariance.llt().matrixL());
  }
  const boost::math::chi_squared chi(forecast.degrees_of_freedom);
  std::vector<double> levels(horizons * n);
  for (std::size_t path = 0; path < n; ++path) {
    const auto at = static_cast<std::size_t>(std::lower_bound(end.begin(), end.end() - 1, which_[path]) - end.begin());
    const double scale = std::sqrt(forecast.degrees_of_freedom / boost::math::quantile(chi, wide_[path]));
    for (std::size_t h = 0; h < horizons; ++h) {
      double z = 0;
      for (std::size_t k = 0; k <= h; ++k)
        z += roots[at](static_cast<Eigen::Index>(h), static_cast<Eigen::Index>(k)) * normals_[k * n + path];
      levels[h * n + path] = forecast.members[at].mean_log[h] + scale * z;
    }
  }
  return levels;
}

}  // namespace plimsoll
