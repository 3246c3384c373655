#include "sim/loss_means.hpp"

#include <algorithm>

#include "models/score_comparison.hpp"
#include "models/scores.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kBlock = 12, kReplicates = 600;
constexpr std::uint64_t kSeed = 19;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Spread spread_of(std::vector<double> drawn, double (*shown)(double)) {
  drawn.erase(std::remove_if(drawn.begin(), drawn.end(), [](double x) { return std::isnan(x); }), drawn.end());
  if (drawn.size() < 2) return {};
  double mean = 0, squares = 0;
  for (double& one : drawn) {
    one = shown(one);
    mean += one / static_cast<double>(drawn.size());
  }
  for (const double one : drawn) squares += (one - mean) * (one - mean);
  std::sort(drawn.begin(), drawn.end());
  return {std::sqrt(squares / static_cast<double>(drawn.size() - 1)), quantile_of(drawn, 0.05),
          quantile_of(drawn, 0.95)};
}

}  // namespace

std::vector<double> loss_means(const Losses& losses, const std::vector<std::size_t>& origins) {
  std::vector<double> sum(losses.horizons, 0), out{0};
  std::vector<int> counted(losses.horizons, 0);
  for (const std::size_t origin : origins) {
    for (std::size_t h = 0; h < losses.horizons; ++h) {
      const double one = losses.at(origin, h);
      if (std::isnan(one)) continue;
      sum[h] += one;
      ++counted[h];
    }
  }
  int known = 0;
  for (std::size_t h = 0; h < losses.horizons; ++h) {
    out.push_back(counted[h] > 0 ? sum[h] / counted[h] : kNone);
    if (counted[h] == 0) continue;
    out[0] += out.back();
    ++known;
  }
  out[0] = known > 0 ? out[0] / known : kNone;
  return out;
}

OriginSample origin_sample(const Losses& losses) {
  OriginSample out;
  for (std::size_t origin = 0; origin < losses.origins(); ++origin) {
    for (std::size_t h = 0; h < losses.horizons; ++h) {
      if (std::isnan(losses.at(origin, h))) continue;
      out.origins.push_back(origin);
      break;
    }
  }
  if (out.origins.size() < 2 * kBlock) return out;  // one block, turned round, has the same mean always
  out.resamples = block_resamples(out.origins.size(), kBlock, kReplicates, kSeed);
  for (auto& positions : out.resamples) {
    for (std::size_t& position : positions) position = out.origins[position];
  }
  return out;
}

std::vector<Spread> loss_spreads(const Losses& losses, const OriginSample& sample, double (*shown)(double)) {
  std::vector<std::vector<double>> drawn(losses.horizons + 1);
  for (const auto& positions : sample.resamples) {
    const std::vector<double> one = loss_means(losses, positions);
    for (std::size_t k = 0; k < one.size(); ++k) drawn[k].push_back(one[k]);
  }
  std::vector<Spread> out;
  for (auto& values : drawn) out.push_back(spread_of(std::move(values), shown));
  return out;
}

}  // namespace plimsoll
