#include "sim/estimates.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

/// Lower edge of bin k in pilot standard deviations; k = kBins gives the upper edge of the last.
double edge(int k) {
  if (k < kTailBins) return -tail_edges()[kTailBins - k];
  if (k <= kTailBins + kLinearBins) return -kLinearReachSd + 2 * kLinearReachSd * (k - kTailBins) / kLinearBins;
  return tail_edges()[k - kTailBins - kLinearBins];
}

}  // namespace

Estimate::Estimate(const std::uint32_t* counts, const BinPlan& bins, std::int64_t paths, double sum, double square)
    : paths_(paths) {
  const double n = static_cast<double>(paths);
  const double shift = sum / n;
  mean_ = bins.centre + shift;
  variance_ = paths > 1 ? std::max(0.0, (square - n * shift * shift) / (n - 1)) : 0;
  for (int k = 0; k < kBins; ++k) {
    if (counts[k] == 0) continue;
    edges_.push_back(bins.centre + bins.scale * edge(k));
    edges_.push_back(bins.centre + bins.scale * edge(k + 1));
    weight_.push_back(counts[k]);
  }
}

Estimate::Estimate(std::vector<double> values)
    : paths_(static_cast<std::int64_t>(values.size())), values_(std::move(values)) {
  const double n = static_cast<double>(paths_);
  mean_ = 0;
  for (const double v : values_) mean_ += v;
  mean_ /= n;
  variance_ = 0;
  for (const double v : values_) variance_ += (v - mean_) * (v - mean_);
  variance_ = paths_ > 1 ? variance_ / (n - 1) : 0;
  std::sort(values_.begin(), values_.end());
}

double Estimate::quantile(double probability) const {
  if (variance_ == 0) return mean_;  // no bin is as narrow as a constant
  if (!values_.empty()) {  // linear between order statistics (Hyndman and Fan 1996, type 7)
    const double at = probability * static_cast<double>(values_.size() - 1);
    const auto k = static_cast<std::size_t>(at);
    const double next = values_[std::min(k + 1, values_.size() - 1)];
    return values_[k] + (at - static_cast<double>(k)) * (next - values_[k]);
  }
  const double target = probability * static_cast<double>(paths_);
  double below = 0;
  for (std::size_t k = 0; k < weight_.size(); ++k) {
    if (below + weight_[k] >= target) {
      return edges_[2 * k] + (edges_[2 * k + 1] - edges_[2 * k]) * (target - below) / weight_[k];
    }
    below += weight_[k];
  }
  return edges_.back();
}

double Estimate::density(double probability) const {
  // Difference quotient of the quantile function over a span that shrinks with n^(-1/5) (Bofinger 1975), inside (0, 1).
  const double span =
      std::min(0.25, 0.5 * std::pow(static_cast<double>(paths_), -0.2) * std::sqrt(probability * (1 - probability)));
  const double low = std::max(probability - span, 0.0), high = std::min(probability + span, 1.0);
  const double width = quantile(high) - quantile(low);
  return width > 0 ? (high - low) / width : 0;
}

Distribution Estimate::distribution() const {
  Distribution d;
  const double n = static_cast<double>(paths_);
  d.paths = paths_;
  d.mean = mean_;
  d.sd = std::sqrt(variance_);
  d.se_mean = d.sd / std::sqrt(n);
  // se of a standard deviation: sqrt((m4 - sd^4)/n) / (2 sd).
  double fourth = 0;
  for (std::size_t k = 0; k < weight_.size(); ++k) {
    fourth += weight_[k] * std::pow((edges_[2 * k] + edges_[2 * k + 1]) / 2 - mean_, 4);
  }
  for (const double v : values_) fourth += std::pow(v - mean_, 4);
  if (d.sd > 0) d.se_sd = std::sqrt(std::max(0.0, fourth / n - variance_ * variance_) / n) / (2 * d.sd);
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q) {
    const double p = kQuantileLevels[q];
    if (variance_ == 0) {  // a known figure: no bin is as narrow
      d.quantile[q] = mean_;
      continue;
    }
    d.quantile[q] = quantile(p);
    const double f = density(p);
    d.se_quantile[q] = f > 0 ? std::sqrt(p * (1 - p) / n) / f : 0;
  }
  return d;
}

Estimate::Figure Estimate::probability_below(double threshold) const {
  double below = 0;
  for (std::size_t k = 0; k < weight_.size(); ++k) {
    const double low = edges_[2 * k], high = edges_[2 * k + 1];
    if (threshold >= high)
      below += weight_[k];
    else if (threshold > low)
      below += weight_[k] * (threshold - low) / (high - low);
  }
  for (const double v : values_) below += v < threshold ? 1 : 0;
  const double n = static_cast<double>(paths_);
  const double p = below / n;
  return {p, std::sqrt(p * (1 - p) / n)};
}

Estimate::Figure Estimate::expected_shortfall(double share) const {
  // ES = q - E[(q - x)+]/share; its error is that of the mean of (q - x)+ (q is a stationary point).
  const double q = quantile(share);
  double first = 0, second = 0;
  for (std::size_t k = 0; k < weight_.size(); ++k) {
    const double low = edges_[2 * k], high = edges_[2 * k + 1];
    if (low >= q) break;
    const double part = high <= q ? 1 : (q - low) / (high - low);
    const double gap = q - (low + std::min(high, q)) / 2;
    first += weight_[k] * part * gap;
    second += weight_[k] * part * gap * gap;
  }
  for (const double v : values_) {
    if (v >= q) break;
    first += q - v;
    second += (q - v) * (q - v);
  }
  const double n = static_cast<double>(paths_);
  first /= n;
  second /= n;
  return {q - first / share, std::sqrt(std::max(0.0, second - first * first) / n) / share};
}

}  // namespace plimsoll
