#include "sim/sobol_axes.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "models/shared_setup.hpp"
#include "sim/draw_plan.hpp"
#include "sim/kernels.hpp"
#include "sim/output_selection.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}
void add(double weight, const Vector& a, Vector& to) {
  for (std::size_t k = 0; k < a.size(); ++k) to[k] += weight * a[k];
}

/// Total exports of every month, and by how much one standard deviation of each dimension moves them, USD bn.
struct Response {
  Vector value;                  ///< [months]
  std::vector<Vector> gradient;  ///< [months][dimensions]
};

/// Central differences, 32 dimensions a block.
Response probe(const ModelPlan& model) {
  constexpr float kStep = 0.5F;
  constexpr std::size_t kPairs = kBlockPaths / 2;
  const Kernels& kernel = kernels("");
  const WorkspaceMemory memory(model);
  const Workspace& w = memory.rows();
  const auto months = static_cast<std::size_t>(model.months),
             dimensions = static_cast<std::size_t>(dimensions_of(model.draw_plan));
  Response response{Vector(months), std::vector<Vector>(months, Vector(dimensions))};
  const View<int>& drawn = model.draw_plan.drawn;
  for (std::size_t first = 0; first < static_cast<std::size_t>(drawn.size); first += kPairs) {
    const std::size_t pairs = std::min(kPairs, static_cast<std::size_t>(drawn.size) - first);
    for (std::size_t d = 0; d < dimensions; ++d) std::fill(std::begin(w.sobol[d].at), std::end(w.sobol[d].at), 0.0F);
    for (std::size_t k = 0; k < pairs; ++k) {
      Row& row = w.sobol[drawn[static_cast<int>(first + k)]];
      row.at[2 * k] = kStep;
      row.at[2 * k + 1] = -kStep;
    }
    kernel.simulate(model, 0, Drawing::probing, 0, w);
    for (std::size_t t = 0; t < months; ++t) {
      const double* total = w.value[t].at;
      if (first == 0) response.value[t] = (total[0] + total[1]) / 2;
      for (std::size_t k = 0; k < pairs; ++k)
        response.gradient[t][static_cast<std::size_t>(drawn[static_cast<int>(first + k)])] =
            (total[2 * k] - total[2 * k + 1]) / (2 * kStep);
    }
  }
  return response;
}

/// Gradients of growth: of the year under way, of the next, then of single months, always the one least known so far.
std::vector<Vector> growth_directions(const Response& response, const Calibration& calibration) {
  constexpr std::size_t kMost = 8;
  constexpr double kKnown = 0.05;  // share of a gradient's length that is left out
  const ReportedSeries total = reported_series(calibration).front();
  const auto months = response.value.size(), dimensions = response.gradient.front().size();
  const auto left = static_cast<std::size_t>(12 - calibration.as_of.month());  // months of the year under way
  double year = 0, next = 0;
  for (int month = 1; month <= calibration.as_of.month(); ++month)
    year += observed(calibration, total, calibration.as_of - calibration.as_of.month() + month);
  Vector year_gradient(dimensions), next_gradient(dimensions);
  for (std::size_t t = 0; t < months; ++t) {
    (t < left ? year : next) += response.value[t];
    add(1, response.gradient[t], t < left ? year_gradient : next_gradient);
  }
  for (double& x : next_gradient) x /= year;
  add(-next / (year * year), year_gradient, next_gradient);
  std::vector<Vector> directions, base;  // as they are, and orthonormal
  const auto rest_of = [&](Vector g) {
    for (const Vector& e : base) add(-dot(e, g), e, g);
    return g;
  };
  const auto take = [&](const Vector& g) {
    Vector rest = rest_of(g);
    const double length = std::sqrt(dot(rest, rest));
    if (length <= kKnown * std::sqrt(dot(g, g))) return false;
    for (double& x : rest) x /= length;
    base.push_back(rest);
    directions.push_back(g);
    return true;
  };
  take(year_gradient);
  take(next_gradient);
  while (directions.size() < kMost) {
    std::size_t least_known = 0;
    double most = 0;
    for (std::size_t t = 0; t < months; ++t) {
      const Vector rest = rest_of(response.gradient[t]);
      const double length = std::sqrt(dot(rest, rest)) / response.value[t];
      if (length > most) {
        most = length;
        least_known = t;
      }
    }
    if (most == 0 || !take(response.gradient[least_known])) break;
  }
  return directions;
}

}  // namespace

std::vector<double> reflections(const std::vector<std::vector<double>>& directions) {
  constexpr double kAddsNothing = 0.01;
  std::vector<Vector> reflection;
  for (const Vector& direction : directions) {
    Vector rest = direction;
    for (const Vector& v : reflection) add(-dot(v, rest), v, rest);
    // The next column has to stand on what earlier reflections have left below their own dimensions.
    const std::size_t own = reflection.size();
    std::fill(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(own), 0.0);
    const double length = std::sqrt(dot(rest, rest));
    if (length <= kAddsNothing * std::sqrt(dot(direction, direction))) continue;
    rest[own] += rest[own] < 0 ? -length : length;
    const double scale = std::sqrt(2 / dot(rest, rest));
    for (double& x : rest) x *= scale;
    reflection.push_back(std::move(rest));
  }
  Vector all;
  for (const Vector& v : reflection) all.insert(all.end(), v.begin(), v.end());
  return all;
}

void turn_towards_growth(DrawPlan& plan, int months, const Calibration& calibration,
                         const std::function<CentralSlopes(const ModelPlan&)>& central, PlanStorage& storage) {
  const int dimensions = dimensions_of(plan);
  if (dimensions == 0) return;
  const auto find = [&] {
    Scenario plain;
    plain.calibration = calibration.name;
    plain.horizon = calibration.as_of + (24 - calibration.as_of.month());
    plain.memory_price_cycle.process.kind = "stochastic_cycle";
    plain.oil_price.kind = "mean_reverting";
    plain.exchange_rate.kind = "random_walk";
    PlanStorage own;
    ModelPlan model = plan_model(plain, calibration, own, central);
    model.draw_plan = plan_draws(plain, calibration, model, plan.grid_months, own);
    model.imports = {};
    model.attribution.on = false;
    const Vector axes = reflections(growth_directions(probe(model), calibration));
    return std::vector<float>(axes.begin(), axes.end());
  };
  // A calibration that is no set of files has no hash to know it by.
  static SetupMemo<std::pair<std::string, int>, std::vector<float>> memo;
  const auto axis = calibration.sha256.empty() ? std::make_shared<const std::vector<float>>(find())
                                               : memo.find({calibration.sha256, plan.grid_months}, find);
  plan.axes = static_cast<int>(axis->size()) / dimensions;
  plan.axis = storage.keep(axis);
  plan.drawn = storage.keep(drawn_dimensions(plan, months));
}

}  // namespace plimsoll
