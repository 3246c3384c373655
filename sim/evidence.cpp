#include "sim/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/output_selection.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();

/// ln Phi(z); far in the lower tail by its asymptotic expansion, where erfc is 0.
double log_normal_below(double z) {
  if (z > -30) return std::log(std::erfc(-z / std::sqrt(2.0)) / 2);
  const double inverse_square = 1 / (z * z);
  return -z * z / 2 - std::log(-z) - std::log(2 * std::acos(-1.0)) / 2 - inverse_square;
}

/// ln(Phi(b) - Phi(a)), a < b.
double log_normal_between(double a, double b) {
  if (a > 0) return log_normal_between(-b, -a);  // in the lower tail, differences keep their digits
  const double upper = log_normal_below(b), ratio = log_normal_below(a) - upper;
  return ratio < 0 ? upper + std::log1p(-std::exp(ratio)) : kImpossible;
}

std::string named(const Observation& o) {
  return (o.indicator.empty() ? "" : o.indicator + " on ") + o.series + "@" + o.period;
}

}  // namespace

EvidencePlan plan_evidence(const Scenario& scenario, const Calibration& calibration) {
  EvidencePlan plan;
  plan.observations = scenario.observations;
  Scenario asked = scenario;
  asked.report.single_lunar_months = true;
  asked.report.frequencies = ReportSpec{}.frequencies;
  for (std::size_t k = 0; k < plan.observations.size(); ++k) {
    const Observation& o = plan.observations[k];
    asked.report.series = {o.series};
    const OutputSelection all = select_outputs(asked, calibration);
    std::size_t found = 0;
    while (found < all.labels.size() &&
           (all.labels[found].table != OutputLabel::Table::summary || all.labels[found].series != o.series ||
            to_string(all.labels[found].period) != o.period)) {
      ++found;
    }
    if (found == all.labels.size()) {
      throw InputError(
          InputKind::scenario,
          {{o.place, "observations[" + std::to_string(k) + "]", o.series + " is not computed for " + o.period,
            "the year to date is given for .value, .yoy and .yoy_rmb; prices and shares of some series and "
            "growth beyond the history for none",
            "observe .value or .yoy of the series, or another period"}});
    }
    plan.outputs.push_back(all.plans[found]);
    plan.attributed = plan.attributed || all.plans[found].piece_to >= all.plans[found].piece_from;
    plan.months = std::max(plan.months, all.labels[found].period.last - calibration.as_of);
  }
  return plan;
}

double log_likelihood(const Observation& o, double x) {
  const double y = o.intercept + o.slope * x;
  if (std::isnan(y)) return kImpossible;
  const double sd = o.sd.value_or(1);
  if (o.kind == Observation::Kind::value) return -(o.low - y) * (o.low - y) / (2 * sd * sd);
  const bool below = o.kind == Observation::Kind::below, above = o.kind == Observation::Kind::above;
  if (!o.sd) return (below || y > o.low) && (above || y < o.high) ? 0 : kImpossible;
  if (below) return log_normal_below((o.high - y) / sd);
  if (above) return log_normal_below((y - o.low) / sd);
  return log_normal_between((o.low - y) / sd, (o.high - y) / sd);
}

EvidenceScale::EvidenceScale(std::size_t observations) : joint(kImpossible), alone(observations, kImpossible) {}

void EvidenceScale::raise(const EvidenceScale& other) {
  joint = std::max(joint, other.joint);
  for (std::size_t k = 0; k < alone.size(); ++k) alone[k] = std::max(alone[k], other.alone[k]);
}

void raise_scale(const EvidenceBlock& block, EvidenceScale& scale) {
  const std::size_t count = scale.alone.size();
  for (std::size_t path = 0; path * count < block.log_likelihood.size(); ++path) {
    double joint = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const double one = block.log_likelihood[path * count + k];
      joint += one;
      scale.alone[k] = std::max(scale.alone[k], one);
    }
    scale.joint = std::max(scale.joint, joint);
  }
}

namespace {

const double kLargestLogWeight = 15 * std::log(2.0);

/// e^(l - largest) in units of 2^-32, 2^15 at most. A path may be likelier than those that set the scale.
std::uint64_t integer_weight(double log_likelihood, double largest) {
  if (!(log_likelihood > kImpossible)) return 0;
  const double weight = std::exp(std::min(log_likelihood - largest, kLargestLogWeight));
  return static_cast<std::uint64_t>(std::llround(std::ldexp(weight, kWeightBits)));
}

void add(std::uint64_t weight, Int128& sum, UnsignedInt128& square) {
  sum += static_cast<Int128>(weight);
  square += static_cast<UnsignedInt128>(weight) * weight;
}

}  // namespace

void weigh(const EvidenceScale& scale, EvidenceBlock& block, WeightSums& sums) {
  const std::size_t count = scale.alone.size(), paths = block.log_likelihood.size() / count;
  block.weight.assign(paths, 0);
  for (std::size_t path = 0; path < paths; ++path) {
    double joint = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const double one = block.log_likelihood[path * count + k];
      joint += one;
      add(integer_weight(one, scale.alone[k]), sums.alone[k], sums.alone_square[k]);
    }
    block.weight[path] = integer_weight(joint, scale.joint);
    if (joint > kImpossible && joint - scale.joint > kLargestLogWeight) ++sums.clipped;
    add(block.weight[path], sums.joint, sums.joint_square);
  }
}

double effective_paths(Int128 sum, UnsignedInt128 sum_of_squares) {
  if (sum == 0) return 0;
  const double w = static_cast<double>(sum);
  return w / static_cast<double>(sum_of_squares) * w;
}

bool enough_evidence(const WeightSums& sums) {
  return sums.clipped == 0 && effective_paths(sums.joint, sums.joint_square) >= kFewestEffectivePaths;
}

void check_evidence(const EvidencePlan& plan, const WeightSums& sums, std::int64_t paths) {
  const double left = effective_paths(sums.joint, sums.joint_square);
  if (enough_evidence(sums)) return;
  std::size_t worst = 0;
  double fewest = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < plan.observations.size(); ++k) {
    const double alone = effective_paths(sums.alone[k], sums.alone_square[k]);
    if (alone < fewest) {
      fewest = alone;
      worst = k;
    }
  }
  const auto whole = [](double x) { return std::to_string(std::llround(x)); };
  const std::string place = to_string(plan.observations[worst].place);
  if (sums.clipped > 0) {
    throw CollapsedEvidence("the observations leave next to none of the first " + whole(kScalePaths) +
                            " paths in effect\n  why: " + whole(static_cast<double>(sums.clipped)) +
                            " later paths are more than 2^15 times as likely as the best of them; " +
                            named(plan.observations[worst]) +
                            " costs most\n  hint: widen its error, or drop it: the scenario nearly excludes it");
  }
  std::string hint = "widen its error, or drop it: the scenario nearly excludes it";
  // With some paths left, more of them help in proportion.
  if (left >= 1) {
    const double needed = std::ceil(1.2 * kFewestEffectivePaths / left * static_cast<double>(paths) / 1024) * 1024;
    hint = "use some " + whole(needed) + " paths (--paths), or a larger error";
  }
  throw CollapsedEvidence((place.empty() ? "" : place + ": ") + "the observations leave " + whole(left) + " of " +
                          std::to_string(paths) + " paths in effect (observations[" + std::to_string(worst) + "])\n" +
                          "  why: fewer than " + whole(kFewestEffectivePaths) + " give no distribution; " +
                          named(plan.observations[worst]) + " costs most: by itself it leaves " + whole(fewest) +
                          "\n  hint: " + hint);
}

}  // namespace plimsoll
