#include "sim/origin_sums.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "models/score_comparison.hpp"
#include "models/scores.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kBlock = 3, kResamples = 600, kFewest = 6;
constexpr std::uint64_t kSeed = 19;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void OriginSums::add(std::size_t origin, int horizon, double loss) {
  Cell& cell = cell_[origin * horizons_ + static_cast<std::size_t>(horizon - 1)];
  cell.sum += loss;
  cell.count += 1;
}

std::size_t OriginSums::count(std::size_t horizon) const {
  double all = 0;
  for (std::size_t c = 0; c < cell_.size(); ++c)
    all += horizon == 0 || c % horizons_ + 1 == horizon ? cell_[c].count : 0;
  return static_cast<std::size_t>(all);
}

std::size_t OriginSums::origins_with(std::size_t horizon) const {
  std::size_t all = 0;
  for (std::size_t origin = 0; origin < origins(); ++origin) {
    bool any = false;
    for (std::size_t h = 0; h < horizons_; ++h)
      any = any || ((horizon == 0 || h + 1 == horizon) && cell_[origin * horizons_ + h].count > 0);
    all += any ? 1 : 0;
  }
  return all;
}

std::vector<double> OriginSums::means(const std::vector<std::size_t>& chosen) const {
  std::vector<double> sum(horizons_ + 1, 0), count(horizons_ + 1, 0);
  for (const std::size_t origin : chosen) {
    for (std::size_t h = 0; h < horizons_; ++h) {
      const Cell& cell = cell_[origin * horizons_ + h];
      for (const std::size_t k : {std::size_t{0}, h + 1}) {
        sum[k] += cell.sum;
        count[k] += cell.count;
      }
    }
  }
  for (std::size_t k = 0; k <= horizons_; ++k) sum[k] = count[k] > 0 ? sum[k] / count[k] : kNone;
  return sum;
}

std::vector<double> OriginSums::means() const {
  std::vector<std::size_t> all(origins());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return means(all);
}

std::vector<Spread> origin_spreads(const OriginSums& counted,
                                   const std::function<std::vector<double>(const std::vector<std::size_t>&)>& figures) {
  std::vector<Spread> out(counted.horizons() + 1);
  if (counted.origins() < kFewest) return out;
  std::vector<std::vector<double>> drawn(out.size());
  for (const auto& positions : block_resamples(counted.origins(), kBlock, kResamples, kSeed)) {
    const std::vector<double> one = figures(positions);
    for (std::size_t k = 0; k < one.size(); ++k) {
      if (!std::isnan(one[k])) drawn[k].push_back(one[k]);
    }
  }
  for (std::size_t k = 0; k < drawn.size(); ++k) {
    std::vector<double>& values = drawn[k];
    if (counted.count(k) < kFewest || values.size() < 2) continue;
    double mean = 0, squares = 0;
    for (const double one : values) mean += one / static_cast<double>(values.size());
    for (const double one : values) squares += (one - mean) * (one - mean);
    std::sort(values.begin(), values.end());
    out[k] = {std::sqrt(squares / static_cast<double>(values.size() - 1)), quantile_of(values, 0.05),
              quantile_of(values, 0.95)};
  }
  return out;
}

}  // namespace plimsoll
