#include "sim/prim_box.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "models/lanes_rows.hpp"

namespace plimsoll {

namespace {

constexpr double kPeeled = 0.05, kSmallest = 0.01;  // shares of the weight

/// Bounds of every variable.
struct Box {
  std::vector<std::optional<double>> low, high;
  explicit Box(std::size_t variables) : low(variables), high(variables) {}

  bool has(const BoxSample& s, std::size_t point) const {
    for (std::size_t v = 0; v < s.x.size(); ++v) {
      if ((low[v] && s.x[v][point] <= *low[v]) || (high[v] && s.x[v][point] >= *high[v])) return false;
    }
    return true;
  }
};

struct Masses {
  double inside = 0, hit_inside = 0, all = 0, hit = 0;
  double density() const { return inside > 0 ? hit_inside / inside : 0; }
  double coverage() const { return hit > 0 ? hit_inside / hit : 0; }
  double score() const {
    const double sum = density() + coverage();
    return sum > 0 ? 2 * density() * coverage() / sum : 0;
  }
};

Masses masses(const BoxSample& s, const Box& box) {
  Masses m;
  for (std::size_t k = 0; k < s.weight.size(); ++k) {
    const bool is_hit = s.hit[k] != 0;
    m.all += s.weight[k];
    if (is_hit) m.hit += s.weight[k];
    if (!box.has(s, k)) continue;
    m.inside += s.weight[k];
    if (is_hit) m.hit_inside += s.weight[k];
  }
  return m;
}

/// The value below (above) which a share of the points' weight lies.
double peel_bound(const BoxSample& s, const std::vector<std::size_t>& by_value, std::size_t v, bool from_top,
                  const std::vector<char>& inside, double weight) {
  double passed = 0, bound = 0;
  const auto pass = [&](std::size_t point) {
    if (inside[point] == 0) return false;
    passed += s.weight[point];
    bound = s.x[v][point];
    return passed >= kPeeled * weight;
  };
  if (from_top) {
    for (auto p = by_value.rbegin(); p != by_value.rend() && !pass(*p); ++p) {
    }
  } else {
    for (auto p = by_value.begin(); p != by_value.end() && !pass(*p); ++p) {
    }
  }
  return bound;
}

/// Every other block of points, from block `first` on. Blocks stay whole: within one, points may take turns.
BoxSample every_other_block(const BoxSample& s, std::size_t first) {
  BoxSample part{std::vector<std::vector<double>>(s.x.size()), {}, {}};
  for (std::size_t k = 0; k < s.weight.size(); ++k) {
    if (k / kBlockPaths % 2 != first) continue;
    for (std::size_t v = 0; v < s.x.size(); ++v) part.x[v].push_back(s.x[v][k]);
    part.weight.push_back(s.weight[k]);
    part.hit.push_back(s.hit[k]);
  }
  return part;
}

PrimBox told(const BoxSample& s, const Box& box) {
  constexpr std::size_t kMostGroups = 16;
  PrimBox result;
  for (std::size_t v = 0; v < s.x.size(); ++v) {
    if (box.low[v]) result.sides.push_back({v, false, *box.low[v]});
    if (box.high[v]) result.sides.push_back({v, true, *box.high[v]});
  }
  const Masses all = masses(s, box);
  result.density = all.density();
  result.coverage = all.coverage();
  result.support = all.all > 0 ? all.inside / all.all : 0;
  const std::size_t blocks = (s.weight.size() + kBlockPaths - 1) / kBlockPaths, groups = std::min(kMostGroups, blocks);
  std::array<double, kMostGroups> of_density{}, of_coverage{};  // what a group's sums leave over the common ratio
  for (std::size_t k = 0; k < s.weight.size(); ++k) {
    const bool is_hit = s.hit[k] != 0, is_inside = box.has(s, k);
    const std::size_t group = k / kBlockPaths % groups;
    if (is_inside) of_density[group] += s.weight[k] * ((is_hit ? 1 : 0) - result.density);
    if (is_hit) of_coverage[group] += s.weight[k] * ((is_inside ? 1 : 0) - result.coverage);
  }
  const auto error = [&](const std::array<double, kMostGroups>& sums, double weight) {
    double squares = 0;
    for (const double x : sums) squares += x * x;
    const auto n = static_cast<double>(groups);
    return weight > 0 && groups > 1 ? std::sqrt(squares * n / (n - 1)) / weight : 0;
  };
  result.se_density = error(of_density, all.inside);
  result.se_coverage = error(of_coverage, all.hit);
  return result;
}

/// The best box of a sample, with the sides that matter.
Box best_box(const BoxSample& s) {
  const std::size_t variables = s.x.size(), points = s.weight.size();
  Box box(variables), best(variables);
  double best_score = masses(s, box).score();
  if (best_score == 0) return best;
  std::vector<std::vector<std::size_t>> order(variables, std::vector<std::size_t>(points));
  for (std::size_t v = 0; v < variables; ++v) {
    std::iota(order[v].begin(), order[v].end(), 0U);
    std::stable_sort(order[v].begin(), order[v].end(),
                     [&](std::size_t a, std::size_t b) { return s.x[v][a] < s.x[v][b]; });
  }
  for (;;) {
    std::vector<char> inside(points);
    for (std::size_t k = 0; k < points; ++k) inside[k] = box.has(s, k) ? 1 : 0;
    const Masses now = masses(s, box);
    if (now.inside <= kSmallest * now.all || now.density() >= 1) break;
    Box densest = box;
    double density = now.density();
    for (std::size_t v = 0; v < variables; ++v) {
      for (const bool from_top : {false, true}) {
        Box peeled = box;
        (from_top ? peeled.high : peeled.low)[v] = peel_bound(s, order[v], v, from_top, inside, now.inside);
        const Masses m = masses(s, peeled);
        if (m.inside > 0 && m.density() > density) {
          density = m.density();
          densest = peeled;
        }
      }
    }
    if (density <= now.density()) break;
    box = densest;
    if (masses(s, box).score() > best_score) {
      best_score = masses(s, box).score();
      best = box;
    }
  }
  // Sides without which the box is as good.
  constexpr double kAsGood = 0.95;
  for (;;) {
    Box simplest = best;
    double simplest_score = 0;
    for (std::size_t v = 0; v < variables; ++v) {
      for (const bool upper : {false, true}) {
        if (!(upper ? best.high : best.low)[v]) continue;
        Box without = best;
        (upper ? without.high : without.low)[v].reset();
        const double score = masses(s, without).score();
        if (score > simplest_score) {
          simplest_score = score;
          simplest = without;
        }
      }
    }
    if (simplest_score < kAsGood * best_score) break;
    best = simplest;
    best_score = std::max(best_score, simplest_score);
  }
  return best;
}

}  // namespace

PrimBox find_box(const BoxSample& s) {
  const BoxSample to_choose = every_other_block(s, 0), to_tell = every_other_block(s, 1);
  PrimBox box = told(to_tell, best_box(to_choose));
  const Masses all = masses(to_tell, Box(s.x.size()));
  // What is no denser than all points, beyond its error, was chance in the first half.
  if (!(box.density - all.density() > 2 * box.se_density)) return {};
  return box;
}

}  // namespace plimsoll
