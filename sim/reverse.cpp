#include "sim/reverse.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <numeric>

#include "scenarios/sha256.hpp"
#include "sim/cell_index.hpp"
#include "sim/design_point.hpp"
#include "sim/for_each_task.hpp"
#include "sim/normal_space.hpp"
#include "sim/object_pool.hpp"

namespace plimsoll {

namespace {

using Point = SpaceProbe::Point;

constexpr int kStarts = 5;
constexpr double kStartDistance = 2;  // standard deviations, of all starts but the centre

/// The scenario with another report.
Simulation planned(const Scenario& scenario, const Calibration& calibration, const std::vector<std::string>& series,
                   const std::vector<std::string>& contributions) {
  Scenario asked = scenario;
  asked.sampling = "random";
  asked.observations.clear();
  asked.report.series = series;
  asked.report.contributions = contributions;
  asked.report.frequencies = ReportSpec{}.frequencies;
  return Simulation(asked, calibration);
}

/// Output of the target's cell; -1 when there is none.
int find_output(const OutputSelection& outputs, const CellName& cell) {
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    const OutputLabel& label = outputs.labels[o];
    if (label.table == OutputLabel::Table::summary && label.series == cell.series &&
        to_string(label.period) == cell.period)
      return static_cast<int>(o);
  }
  return -1;
}

/// How far the target is, per path: negative where it is reached.
struct Gap {
  Condition target;
  double of(double value) const {
    return target.side == Side::below ? value - target.threshold : target.threshold - value;
  }
};

std::vector<std::size_t> drawn(const NormalSpace& space) {
  const View<int>& all = space.model().draw_plan.drawn;
  return {all.begin(), all.end()};
}

Point start_at(const NormalSpace& space, const Kernels& kernel, int number, const std::vector<std::size_t>& active) {
  Point start(space.dimensions());
  if (number == 0) return start;
  const std::uint64_t stream = sha256_prefix64("reverse/starts");
  float normals[4 * kBlockPaths];
  double square = 0;
  for (std::size_t k = 0; k < active.size(); ++k) {
    if (k % 4 == 0) kernel.normals(space.model().draw_plan.seed, stream, static_cast<std::uint32_t>(k / 4), 0, normals);
    start[active[k]] = static_cast<double>(normals[k % 4 * kBlockPaths + static_cast<std::size_t>(number)]);
    square += start[active[k]] * start[active[k]];
  }
  for (double& u : start) u *= kStartDistance / std::sqrt(square);
  return start;
}

/// Dimensions along which the output moves at a point, and those that did before.
std::vector<std::size_t> moving(const Point& gradient, const std::vector<std::size_t>& before) {
  constexpr double kStill = 1e-4;  // of the steepest
  double most = 0;
  for (const double g : gradient) most = std::max(most, std::abs(g));
  std::vector<std::size_t> active;
  for (std::size_t d = 0; d < gradient.size(); ++d) {
    if (std::abs(gradient[d]) > kStill * most || std::binary_search(before.begin(), before.end(), d))
      active.push_back(d);
  }
  return active;
}

/// Searches along the dimensions that move the output, and again when others do at the point found.
/// `scale`: a gap that counts as large.
DesignPoint search(const NormalSpace& space, const OutputPlan& output, const Gap& gap, bool from_inside, double scale,
                   std::vector<std::size_t> active, const Point& start, SpaceProbe& probe) {
  constexpr int kRounds = 3;
  const double sign = (from_inside ? -1 : 1) * (gap.target.side == Side::below ? 1 : -1);
  LimitState limit;
  limit.values = [&](const std::vector<Point>& points) {
    std::vector<double> values = probe.values(output, points);
    for (double& x : values) x = (from_inside ? -1 : 1) * gap.of(x);
    return values;
  };
  limit.gradient = [&](const Point& at) {
    Point gradient = probe.gradient(output, at, active);
    for (double& g : gradient) g *= sign;
    return gradient;
  };
  DesignPoint found = find_design_point(limit, start, scale);
  int steps = found.steps;
  for (int round = 1; round < kRounds && found.converged; ++round) {
    const std::vector<std::size_t> more = moving(probe.gradient(output, found.u, drawn(space)), active);
    if (more.size() == active.size()) break;
    active = more;
    found = find_design_point(limit, found.u, scale);
    steps += found.steps;
  }
  found.steps = steps;
  if (from_inside) found.beta = -found.beta;
  return found;
}

std::vector<ImportanceRow> importance_of(const NormalSpace& space, const DesignPoint& point) {
  std::vector<ImportanceRow> rows;
  std::vector<int> parts(space.streams().size());
  for (const std::string& name : space.streams()) rows.push_back({name, 0, 0});
  for (std::size_t d = 0; d < point.u.size(); ++d) {
    const std::size_t s = space.stream_of(d);
    ++parts[s];
    rows[s].share += point.alpha[d] * point.alpha[d];
    rows[s].distance = parts[s] == 1 ? point.u[d] : std::hypot(rows[s].distance, point.u[d]);
  }
  std::erase_if(rows, [](const ImportanceRow& row) { return row.share == 0; });
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ImportanceRow& a, const ImportanceRow& b) { return a.share > b.share; });
  return rows;
}

/// Drivers, growth of the total, the target's cell, and what contributes, at the points and at the centre.
std::vector<PointRow> rows_at(const Simulation& story, SpaceProbe& probe, const Point& centre, const Point& at) {
  const OutputSelection& outputs = story.plan().outputs;
  const std::vector<double> central = probe.values_at(outputs.plans, centre),
                            moved = probe.values_at(outputs.plans, at);
  std::vector<PointRow> rows;
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    const OutputLabel& label = outputs.labels[o];
    if (label.table == OutputLabel::Table::probabilities) continue;
    const bool is_contribution = label.table == OutputLabel::Table::contributions;
    rows.push_back({is_contribution ? label.series + "/" + label.by + "/" + label.key : label.series, label.period,
                    is_contribution ? "pp" : label.unit, central[o], moved[o]});
  }
  return rows;
}

/// Sampled paths: weight and outputs of each.
struct Sample {
  std::vector<double> weight, gap;
  std::vector<std::vector<double>> given;  ///< [output][path]
};

/// Paths from a mixture of normals about the centre and the design points, by turns; weighted by the density of the
/// scenario's own normals over the mixture's (balance heuristic, Veach and Guibas 1995). The centre bounds the weights
/// (Hesterberg 1995).
Sample draw_sample(const NormalSpace& space, const Kernels& kernel, const OutputPlan& output, const Gap& gap,
                   const std::vector<OutputPlan>& given, const std::vector<const Point*>& centres, std::int64_t paths,
                   const ReverseOptions& options) {
  constexpr auto kLanes = static_cast<std::int64_t>(kBlockPaths);
  const std::int64_t blocks = (paths + kLanes - 1) / kLanes;
  const auto n = static_cast<std::size_t>(blocks * kLanes);
  Sample sample{std::vector<double>(n), std::vector<double>(n),
                std::vector<std::vector<double>>(given.size(), std::vector<double>(n))};
  std::vector<double> half_square;
  for (const Point* centre : centres) {
    double square = 0;
    for (const double u : *centre) square += u * u;
    half_square.push_back(square / 2);
  }
  const View<int>& dimensions = space.model().draw_plan.drawn;
  ObjectPool<SpaceProbe> probes;
  std::mutex progress_guard;
  std::int64_t done = 0;
  if (options.progress) options.progress(0, paths);  // the searches are over: time is counted from here
  for_each_task(blocks, options.threads, Scheduler::tbb, [&](std::int64_t block) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::unique_ptr<SpaceProbe> probe = probes.take();
    if (!probe) probe = std::make_unique<SpaceProbe>(space, kernel);
    const Row* rows =
        probe->simulate_shifted(block * kLanes, [&](std::size_t lane) { return centres[lane % centres.size()]; });
    std::vector<double> values(kBlockPaths);
    const auto first = static_cast<std::size_t>(block * kLanes);
    kernel.evaluate(&output, 1, space.model(), probe->rows(), values.data());
    for (std::size_t lane = 0; lane < kBlockPaths; ++lane) {
      double mixture = 0;
      for (std::size_t c = 0; c < centres.size(); ++c) {
        double along = 0;
        for (const int d : dimensions)
          along += static_cast<double>(rows[d].at[lane]) * (*centres[c])[static_cast<std::size_t>(d)];
        // Lanes of a block take turns, so the first of them have one path more.
        const std::size_t share = kBlockPaths / centres.size() + (c < kBlockPaths % centres.size() ? 1 : 0);
        mixture += static_cast<double>(share) / static_cast<double>(kBlockPaths) * std::exp(along - half_square[c]);
      }
      sample.weight[first + lane] = 1 / mixture;
      sample.gap[first + lane] = gap.of(values[lane]);
    }
    for (std::size_t o = 0; o < given.size(); ++o) {
      kernel.evaluate(&given[o], 1, space.model(), probe->rows(), values.data());
      std::copy(values.begin(), values.end(), sample.given[o].begin() + static_cast<std::ptrdiff_t>(first));
    }
    probes.give(std::move(probe));
    const std::lock_guard lock(progress_guard);
    done += kLanes;
    if (options.progress) options.progress(std::min(paths, done), paths);
  });
  return sample;
}

void tell_sample(const Sample& sample, const OutputSelection& outputs, const std::vector<int>& told,
                 ReverseResult& result) {
  const auto n = static_cast<double>(sample.weight.size());
  double sum = 0, square = 0, weights = 0;
  BoxSample box{sample.given, sample.weight, {}};
  for (std::size_t k = 0; k < sample.weight.size(); ++k) {
    const bool is_hit = sample.gap[k] < 0;
    box.hit.push_back(is_hit ? 1 : 0);
    weights += sample.weight[k];
    if (!is_hit) continue;
    ++result.hits;
    sum += sample.weight[k];
    square += sample.weight[k] * sample.weight[k];
  }
  result.paths = static_cast<std::int64_t>(sample.weight.size());
  result.probability = sum / n;
  result.se = std::sqrt(std::max(0.0, square / n - result.probability * result.probability) / n);
  if (result.hits == 0) return;
  for (std::size_t o = 0; o < told.size(); ++o) {
    const OutputLabel& label = outputs.labels[static_cast<std::size_t>(told[o])];
    double all = 0, hit = 0, away = 0, hit_away = 0;
    for (std::size_t k = 0; k < sample.weight.size(); ++k) {
      all += sample.weight[k] * sample.given[o][k];
      if (box.hit[k] != 0) hit += sample.weight[k] * sample.given[o][k];
    }
    for (std::size_t k = 0; k < sample.weight.size(); ++k) {
      const double from_all = sample.weight[k] * (sample.given[o][k] - all / weights);
      const double from_hit = sample.weight[k] * (sample.given[o][k] - hit / sum);
      away += from_all * from_all;
      if (box.hit[k] != 0) hit_away += from_hit * from_hit;
    }
    result.given.push_back({label.series, label.period, label.unit, all / weights, std::sqrt(away) / weights, hit / sum,
                            std::sqrt(hit_away) / sum});
  }
  constexpr std::size_t kMostBoxPoints = 65536;  // of very long runs, the first
  if (box.weight.size() > kMostBoxPoints) {
    box.weight.resize(kMostBoxPoints);
    box.hit.resize(kMostBoxPoints);
    for (std::vector<double>& x : box.x) x.resize(kMostBoxPoints);
  }
  result.box = find_box(box);
}

}  // namespace

ReverseResult reverse_stress(const Scenario& scenario, const Calibration& calibration, const Condition& target,
                             const ReverseOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  ReverseResult result;
  result.target = target;
  const Kernels& kernel = kernels(options.instruction_set, &result.instruction_set);
  const std::string cell = to_string(target.cell);
  const Simulation short_one = planned(scenario, calibration, {cell, "driver.*.level@A"}, {"none"});
  const OutputSelection& outputs = short_one.plan().outputs;
  const int o = find_output(outputs, target.cell);
  if (o < 0) {
    const Simulation every = planned(scenario, calibration, {}, {"none"});
    throw InputError(InputKind::usage,
                     {CellIndex(every.plan().outputs).missing(target.cell, {"command line"}, "--target")});
  }
  if (outputs.plans[static_cast<std::size_t>(o)].now.to < outputs.plans[static_cast<std::size_t>(o)].now.from)
    throw InputError(InputKind::usage,
                     {{{"command line"},
                       "--target",
                       "'" + cell + "' is no simulated output of '" + scenario.name + "'",
                       "all its months are observed",
                       "names and periods stand in summary.csv of a run, for example exports.total.yoy@" +
                           std::to_string(scenario.horizon.year())}});
  result.unit = outputs.labels[static_cast<std::size_t>(o)].unit;
  result.period = outputs.labels[static_cast<std::size_t>(o)].period;
  const OutputPlan& output = outputs.plans[static_cast<std::size_t>(o)];
  const Gap gap{target};

  const NormalSpace space(short_one.plan(), calibration);
  SpaceProbe probe(space, kernel);
  const Point centre(space.dimensions());
  result.central = probe.values(output, {centre}).front();
  const bool from_inside = gap.of(result.central) < 0;
  result.centre_reaches = from_inside;
  const Point slope = probe.gradient(output, centre, drawn(space));
  const std::vector<std::size_t> active = moving(slope, {});
  // A target beside the centre is as exact as one a standard deviation away.
  const double scale = std::max(std::abs(gap.of(result.central)),
                                std::sqrt(std::inner_product(slope.begin(), slope.end(), slope.begin(), 0.0)));
  std::vector<DesignPoint> found(active.empty() ? 0 : kStarts);
  result.starts = static_cast<int>(found.size());
  for_each_task(result.starts, options.threads, Scheduler::tbb, [&](std::int64_t start) {
    SpaceProbe own(space, kernel);
    found[static_cast<std::size_t>(start)] = search(space, output, gap, from_inside, scale, active,
                                                    start_at(space, kernel, static_cast<int>(start), active), own);
  });
  const std::vector<DesignPoint> points = distinct(std::move(found));

  const Simulation story = planned(scenario, calibration, {cell, "driver.*.level", "exports.total.yoy"}, {"driver@A"});
  const NormalSpace story_space(story.plan(), calibration);
  const boost::math::normal normal;
  std::vector<const Point*> centres{&centre};
  for (const DesignPoint& point : points) {
    SpaceProbe own(story_space, kernel);
    result.points.push_back({point.beta, boost::math::cdf(normal, -point.beta), point.steps,
                             importance_of(space, point), rows_at(story, own, centre, point.u)});
    if (!from_inside) centres.push_back(&point.u);
  }
  std::vector<int> told;
  std::vector<OutputPlan> given;
  for (std::size_t k = 0; k < outputs.labels.size(); ++k) {
    if (outputs.labels[k].table != OutputLabel::Table::summary || static_cast<int>(k) == o) continue;
    if (outputs.labels[k].series == target.cell.series) continue;
    told.push_back(static_cast<int>(k));
    given.push_back(outputs.plans[k]);
  }
  const Sample sample = draw_sample(space, kernel, output, gap, given, centres, scenario.paths, options);
  tell_sample(sample, outputs, told, result);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return result;
}

}  // namespace plimsoll
