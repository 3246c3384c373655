#include "sim/tail_sums.hpp"

#include <algorithm>
#include <cmath>

#include "models/lanes_rows.hpp"
#include "sim/evidence.hpp"

namespace plimsoll {

namespace {

constexpr double kBinsPerSd = 32;
constexpr std::uint64_t kMostTold = 1'000'000;

/// Number of the bin, counted from the pilot mean; far above for what is no number (equilibria that were not found).
double bin_number(double x, const BinPlan& headline) {
  constexpr double kFar = 1e6;
  const double bin = std::floor((x - headline.centre) / headline.scale * kBinsPerSd);
  return bin < kFar ? std::max(bin, -kFar) : kFar;
}

bool starts_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

/// Drivers whenever they are reported, the total in every period, all else by years.
bool is_told(const OutputLabel& label, const OutputPlan& plan) {
  if (plan.now.to < plan.now.from && !starts_with(label.series, "driver.")) return false;  // observed
  if (label.table == OutputLabel::Table::contributions)
    return label.series == "exports.total.yoy" && label.period.frequency == Frequency::year;
  if (label.table != OutputLabel::Table::summary) return false;
  if (starts_with(label.series, "driver.") || label.series == "exports.total.yoy") return true;
  const bool is_growth = label.series.size() > 4 && label.series.compare(label.series.size() - 4, 4, ".yoy") == 0;
  return label.period.frequency == Frequency::year && (is_growth || starts_with(label.series, "balance.total"));
}

}  // namespace

TailPlan plan_tail(const OutputSelection& outputs) {
  TailPlan plan;
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    const OutputLabel& label = outputs.labels[o];
    if (label.table == OutputLabel::Table::summary && label.series == "exports.total.yoy" &&
        label.period.frequency == Frequency::year)
      plan.headline = static_cast<int>(o);
  }
  if (plan.headline < 0) return plan;
  plan.plans.push_back(outputs.plans[static_cast<std::size_t>(plan.headline)]);
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    if (!is_told(outputs.labels[o], outputs.plans[o])) continue;
    plan.told.push_back(static_cast<int>(o));
    plan.plans.push_back(outputs.plans[o]);
  }
  return plan;
}

TailSums::TailSums(std::size_t outputs, const BinPlan& headline, double edge)
    : TailSums(outputs, static_cast<int>(bin_number(edge, headline)) - kBinsAround / 2) {}

TailSums::TailSums(std::size_t outputs, int first_bin)
    : first_bin_(first_bin), weights_(outputs > 0 ? kPerOutput : 0), sums_(outputs * kPerOutput) {}

void TailSums::add(const double* values, std::int64_t first, int paths, const BinPlan& headline,
                   const std::uint64_t* weight) {
  constexpr std::uint64_t kOne = std::uint64_t{1} << kWeightBits;
  for (int lane = 0; lane < paths; ++lane) {
    const int replicate = static_cast<int>((first + lane) % kReplicates);
    const std::uint64_t units = weight == nullptr ? kOne : weight[lane];
    total_[static_cast<std::size_t>(replicate)] += static_cast<Int128>(units);
    const double bin = bin_number(values[lane], headline) - first_bin_;
    if (bin >= kBinsAround || units == 0) continue;
    const std::size_t at = place(static_cast<int>(std::max(bin, 0.0)), replicate);
    weights_[at] += static_cast<Int128>(units);
    const double counts = std::ldexp(static_cast<double>(units), -kWeightBits);
    for (std::size_t o = 0; o < outputs(); ++o)
      sums_[o * kPerOutput + at] +=
          to_fixed_point(counts * values[(1 + o) * kBlockPaths + static_cast<std::size_t>(lane)]);
  }
}

void TailSums::merge(const TailSums& other) {
  for (std::size_t r = 0; r < total_.size(); ++r) total_[r] += other.total_[r];
  for (std::size_t k = 0; k < weights_.size(); ++k) weights_[k] += other.weights_[k];
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += other.sums_[k];
}

double TailSums::weight_of(int bin) const {
  Int128 sum = 0;
  for (int r = 0; r < kReplicates; ++r) sum += weights_[place(bin, r)];
  return std::ldexp(static_cast<double>(sum), -kWeightBits);
}

std::optional<TailSums::Edge> TailSums::edge(double share) const {
  if (sums_.empty()) return std::nullopt;
  Int128 all = 0;
  for (const Int128 t : total_) all += t;
  double left = share * std::ldexp(static_cast<double>(all), -kWeightBits);
  for (int b = 0; b < kBinsAround; ++b) {
    const double inside = weight_of(b);
    // The first bin holds all that is lower: the 5% point must not be in it.
    if (inside > 0 && left <= inside) return b == 0 ? std::nullopt : std::optional<Edge>({b, left / inside});
    left -= inside;
  }
  return std::nullopt;
}

double TailSums::edge_value(const Edge& edge, const BinPlan& headline) const {
  return headline.centre + headline.scale * (first_bin_ + edge.bin + edge.part) / kBinsPerSd;
}

TailSums::Figure TailSums::tail_mean(std::size_t output, const Edge& edge, double share) const {
  const Int128* const sums = sums_.data() + output * kPerOutput;
  double at_edge = 0, edge_weight = 0;  // mean of the output where the headline is at its 5% point
  for (int b = std::max(1, edge.bin - 2); b <= std::min(kBinsAround - 1, edge.bin + 2); ++b) {
    for (int r = 0; r < kReplicates; ++r) at_edge += from_fixed_point(sums[place(b, r)]);
    edge_weight += weight_of(b);
  }
  at_edge /= edge_weight;
  // The 5% point is estimated too: what a replicate has too many of below it counts as what lies at it.
  double all = 0, away_sum = 0, total = 0;
  std::array<double, kReplicates> away{}, weight{};
  for (int r = 0; r < kReplicates; ++r) {
    const auto k = static_cast<std::size_t>(r);
    for (int b = 0; b <= edge.bin; ++b) {
      const double part = b < edge.bin ? 1 : edge.part;
      const double sum = part * from_fixed_point(sums[place(b, r)]);
      all += sum;
      away[k] += sum - at_edge * part * std::ldexp(static_cast<double>(weights_[place(b, r)]), -kWeightBits);
    }
    weight[k] = std::ldexp(static_cast<double>(total_[k]), -kWeightBits);
    away_sum += away[k];
    total += weight[k];
  }
  double squares = 0;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const double difference = away[r] - away_sum * weight[r] / total;
    squares += difference * difference;
  }
  return {all / (share * total), std::sqrt(squares * kReplicates / (kReplicates - 1)) / (share * total)};
}

void TailSums::write(ByteWriter& out) const {
  out.count(outputs());
  if (outputs() == 0) return;
  out.integer(static_cast<std::uint64_t>(static_cast<std::int64_t>(first_bin_)));
  for (const Int128 x : total_) out.wide(x);
  for (const Int128 x : weights_) out.wide(x);
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    if (weights_[k % kPerOutput] != 0) out.wide(sums_[k]);
  }
}

TailSums TailSums::read(ByteReader& in) {
  const std::uint64_t outputs = in.count();
  if (outputs > kMostTold) throw DamagedBytes("it has too many outputs");
  if (outputs == 0) return {};
  TailSums sums(static_cast<std::size_t>(outputs), static_cast<int>(static_cast<std::int64_t>(in.integer())));
  for (Int128& x : sums.total_) x = in.wide();
  for (Int128& x : sums.weights_) x = in.wide();
  for (std::size_t k = 0; k < sums.sums_.size(); ++k) {
    if (sums.weights_[k % kPerOutput] != 0) sums.sums_[k] = in.wide();
  }
  return sums;
}

}  // namespace plimsoll
