#include "sim/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/evidence.hpp"

namespace plimsoll {

Estimate::Estimate(const Accumulator& all, int output, const BinPlan& bins)
    : paths_(all.paths()), total_(static_cast<double>(paths_)), effective_(total_) {
  if (all.weighted()) {
    total_ = std::ldexp(static_cast<double>(all.weights().joint), -kWeightBits);
    effective_ = effective_paths(all.weights().joint, all.weights().joint_square);
  }
  const double shift = all.sum(output) / total_;
  mean_ = bins.centre + shift;
  const double square = all.square(output) / total_ - shift * shift;
  variance_ = effective_ > 1 ? std::max(0.0, square) * effective_ / (effective_ - 1) : 0;
  bins_ = std::make_unique<const FilledBins>(all, output, bins);
  if (all.replicated()) replicates_.emplace(all, output, bins, *bins_);
}

Estimate::Estimate(std::vector<double> values, Replication replication)
    : paths_(static_cast<std::int64_t>(values.size())),
      total_(static_cast<double>(paths_)),
      effective_(total_),
      values_(std::move(values)) {
  const double n = total_;
  mean_ = 0;
  for (const double v : values_) mean_ += v;
  mean_ /= n;
  variance_ = 0;
  for (const double v : values_) variance_ += (v - mean_) * (v - mean_);
  variance_ = paths_ > 1 ? variance_ / (n - 1) : 0;
  if (replication == Replication::sixteen) replicates_.emplace(values_, std::vector<double>{});
  std::sort(values_.begin(), values_.end());
}

Estimate::Estimate(const std::vector<double>& values, const std::vector<std::uint64_t>& weights,
                   Replication replication)
    : paths_(static_cast<std::int64_t>(values.size())) {
  std::vector<std::pair<double, double>> left;  // paths that are still possible
  std::vector<double> path_weight;
  total_ = mean_ = variance_ = 0;
  double squares = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double weight = std::ldexp(static_cast<double>(weights[k]), -kWeightBits);
    path_weight.push_back(weight);
    if (weights[k] == 0) continue;
    left.emplace_back(values[k], weight);
    total_ += weight;
    squares += weight * weight;
    mean_ += weight * values[k];
  }
  effective_ = total_ * total_ / squares;
  mean_ /= total_;
  for (const auto& [value, weight] : left) variance_ += weight * (value - mean_) * (value - mean_);
  variance_ = effective_ > 1 ? variance_ / total_ * effective_ / (effective_ - 1) : 0;
  if (replication == Replication::sixteen) replicates_.emplace(values, path_weight);
  std::sort(left.begin(), left.end());
  for (const auto& [value, weight] : left) {
    values_.push_back(value);
    value_weight_.push_back(weight);
  }
}

double Estimate::position_quantile(double probability) const {
  // As below, the way from one value to the next as long as their mean weight.
  double length = 0;
  for (std::size_t k = 1; k < values_.size(); ++k) length += (value_weight_[k - 1] + value_weight_[k]) / 2;
  double left = probability * length;
  for (std::size_t k = 1; k < values_.size(); ++k) {
    const double step = (value_weight_[k - 1] + value_weight_[k]) / 2;
    if (left <= step) return values_[k - 1] + left / step * (values_[k] - values_[k - 1]);
    left -= step;
  }
  return values_.back();
}

double Estimate::quantile(double probability) const {
  if (variance_ == 0) return mean_;  // no bin is as narrow as a constant
  if (!value_weight_.empty()) return position_quantile(probability);
  if (!values_.empty()) {  // linear between order statistics (Hyndman and Fan 1996, type 7)
    const double at = probability * static_cast<double>(values_.size() - 1);
    const auto k = static_cast<std::size_t>(at);
    const double next = values_[std::min(k + 1, values_.size() - 1)];
    return values_[k] + (at - static_cast<double>(k)) * (next - values_[k]);
  }
  const double target = probability * total_;
  const std::vector<double>& below = bins_->below;
  const auto after = std::lower_bound(below.begin() + 1, below.end(), target);
  if (after == below.end()) return bins_->edge.back();
  const auto k = static_cast<std::size_t>(after - below.begin()) - 1;
  const double low = bins_->low(k);
  return low + (bins_->high(k) - low) * (target - below[k]) / bins_->weight[k];
}

double Estimate::density(double probability, double shrinking) const {
  // Difference quotient of the quantile function over a span that shrinks with n^(-1/5) (Bofinger 1975). It stays
  // within half of the way to the nearer end, or two paths: beyond, the outermost paths thin the density out, and
  // errors come out too large.
  const double farthest = std::max(0.5 * std::min(probability, 1 - probability), 2 / effective_);
  const double span = std::min(farthest, 0.5 * shrinking * std::sqrt(probability * (1 - probability)));
  const double low = std::max(probability - span, 0.0), high = std::min(probability + span, 1.0);
  const double width = quantile(high) - quantile(low);
  return width > 0 ? (high - low) / width : 0;
}

Distribution Estimate::distribution() const {
  Distribution d;
  const double n = effective_;
  d.paths = paths_;
  d.mean = mean_;
  d.sd = std::sqrt(variance_);
  d.se_mean = replicates_ ? replicates_->mean_error() : d.sd / std::sqrt(n);
  if (d.sd > 0 && replicates_) {
    d.se_sd = replicates_->square_error(mean_) / (2 * d.sd);
  } else if (d.sd > 0) {  // sqrt((m4 - sd^4)/n) / (2 sd)
    double fourth = 0;
    for (std::size_t k = 0; k < bins_->size(); ++k)
      fourth += bins_->weight[k] * std::pow((bins_->low(k) + bins_->high(k)) / 2 - mean_, 4);
    for (std::size_t k = 0; k < values_.size(); ++k) fourth += weight_of(k) * std::pow(values_[k] - mean_, 4);
    d.se_sd = std::sqrt(std::max(0.0, fourth / total_ - variance_ * variance_) / n) / (2 * d.sd);
  }
  const double shrinking = std::pow(effective_, -0.2);
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q) {
    d.quantile[q] = quantile(kQuantileLevels[q]);
    const double p = kQuantileLevels[q], f = density(p, shrinking);
    if (f == 0) continue;
    d.plain_se_quantile[q] = std::sqrt(p * (1 - p) / n) / f;
    d.se_quantile[q] = replicates_ ? replicates_->below_error(d.quantile[q]) / f : d.plain_se_quantile[q];
  }
  if (paths_ < 2) {  // one path says nothing of its error
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    d.se_mean = d.se_sd = unknown;
    d.se_quantile.fill(unknown);
  }
  return d;
}

Estimate::Figure Estimate::probability_below(double threshold) const {
  double below = 0;
  if (bins_->size() > 0) {
    std::size_t k = 0;  // the first bin that does not lie below
    for (std::size_t end = bins_->size(); k < end;) {
      const std::size_t middle = (k + end) / 2;
      if (bins_->high(middle) <= threshold)
        k = middle + 1;
      else
        end = middle;
    }
    below = bins_->below[k];
    if (k < bins_->size() && threshold > bins_->low(k))
      below += bins_->weight[k] * (threshold - bins_->low(k)) / (bins_->high(k) - bins_->low(k));
  }
  for (std::size_t k = 0; k < values_.size(); ++k) below += values_[k] < threshold ? weight_of(k) : 0;
  const double p = below / total_;
  if (replicates_) return {p, replicates_->below_error(threshold)};
  return {p, std::sqrt(std::max(0.0, p * (1 - p)) / effective_)};
}

Estimate::Figure Estimate::expected_shortfall(double share) const {
  // ES = q - E[(q - x)+]/share; its error is that of the mean of (q - x)+ (q is a stationary point).
  const double q = quantile(share);
  double first = 0, second = 0;
  for (std::size_t k = 0; k < bins_->size(); ++k) {
    const double low = bins_->low(k), high = bins_->high(k);
    if (low >= q) break;
    const double part = high <= q ? 1 : (q - low) / (high - low);
    const double gap = q - (low + std::min(high, q)) / 2;
    first += bins_->weight[k] * part * gap;
    second += bins_->weight[k] * part * gap * gap;
  }
  for (std::size_t k = 0; k < values_.size() && values_[k] < q; ++k) {
    first += weight_of(k) * (q - values_[k]);
    second += weight_of(k) * (q - values_[k]) * (q - values_[k]);
  }
  first /= total_;
  second /= total_;
  if (replicates_) return {q - first / share, replicates_->gap_error(q) / share};
  return {q - first / share, std::sqrt(std::max(0.0, second - first * first) / effective_) / share};
}

}  // namespace plimsoll
