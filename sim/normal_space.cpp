#include "sim/normal_space.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "models/correlation.hpp"
#include "scenarios/sha256.hpp"
#include "sim/draw_plan.hpp"

namespace plimsoll {

namespace {

/// Streams that the model draws, told from others by the names that they may have.
class Names {
 public:
  void add(const std::string& name) { by_stream_.emplace(sha256_prefix64(name), name); }
  const std::string& of(std::uint64_t stream) const { return by_stream_.at(stream); }
  bool has(std::uint64_t stream) const { return by_stream_.contains(stream); }

 private:
  std::map<std::uint64_t, std::string> by_stream_;
};

Names possible_names(const Simulation::Plan& plan, const Calibration& c) {
  Names names;
  const auto trend = [&](const std::string& of) {
    for (const char* part : {"level/", "slope/", "slope_start/"}) names.add(part + of);
  };
  for (const std::string& driver : correlated_drivers()) names.add("driver/" + driver);
  for (const char* flow : {"", "imports/"}) {
    trend(std::string(flow) + "world");
    names.add("residual/" + std::string(flow) + "world");
  }
  for (const Market& market : c.markets) {
    trend("market/" + market.id);
    names.add("residual/market/" + market.id);
    names.add("driver/foreign_demand." + market.id);
  }
  for (const Product& product : c.products) {
    trend("product/" + product.id);
    for (const char* part : {"/volume", "/price"}) names.add("residual/product/" + product.id + part);
  }
  for (const Product& product : c.imports.products) {
    trend("imports/" + product.id);
    for (const char* part : {"/volume", "/price"}) names.add("residual/imports/" + product.id + part);
  }
  names.add("driver/domestic_demand");
  for (const auto& [firm, history] : c.capex) names.add("driver/capex." + firm + "/error");
  if (plan.scenario.capex_paths) {
    for (const ComputeBuyer& buyer : plan.scenario.capex_paths->other_buyers)
      names.add("driver/capex." + buyer.name + "/error");
  }
  for (const GenericShock& shock : plan.scenario.shocks) names.add("driver/shocks." + shock.name);
  for (const DeclaredDriver& driver : c.declared_drivers) names.add("driver/" + driver.id + "/shock");
  for (const std::string& name : plan.storage.parameter_names()) names.add("parameter/" + name);
  for (const std::string& name : plan.storage.family_names()) names.add("family/" + name);
  return names;
}

struct Streams {
  std::set<std::uint64_t> monthly, single;
};

Streams drawn_streams(const ModelPlan& m) {
  Streams s;
  const auto trend = [&](const TrendFactorPlan& factor) {
    s.monthly.insert({factor.level_stream, factor.slope_stream});
    s.single.insert(factor.start_stream);
  };
  s.monthly.insert(m.shock_streams.begin(), m.shock_streams.end());
  for (const CapexFirmPlan& firm : m.capex.firms) s.monthly.insert(firm.stream);
  for (const DemandPlan& demand : m.demand) s.monthly.insert(demand.stream);
  trend(m.world_trend);
  s.monthly.insert(m.world_residual.stream);
  for (const MarketPlan& market : m.market_plans) {
    trend(market.trend);
    s.monthly.insert(market.residual.stream);
  }
  for (const ProductPlan& product : m.product_plans) {
    trend(product.trend);
    s.monthly.insert({product.volume.stream, product.price.stream});
  }
  for (const GenericShockPlan& shock : m.shocks) s.monthly.insert(shock.stream);
  for (const DeclaredDriverPlan& driver : m.declared.drivers) s.monthly.insert(driver.stream);
  if (m.imports.products.size > 0) {
    trend(m.imports.world_trend);
    s.monthly.insert({m.imports.world_residual.stream, m.imports.demand_stream});
    for (const ImportProductPlan& product : m.imports.products) {
      trend(product.trend);
      s.monthly.insert({product.volume.stream, product.price.stream});
    }
  }
  s.single.insert(m.family_streams.begin(), m.family_streams.end());
  for (const ParameterDraw& draw : m.draws) s.single.insert(draw.stream);
  return s;
}

}  // namespace

NormalSpace::NormalSpace(const Simulation::Plan& plan, const Calibration& calibration) : model_(plan.model) {
  const Names names = possible_names(plan, calibration);
  const Streams drawn = drawn_streams(model_);
  DrawPlan draws;
  draws.seed = plan.model.draw_plan.seed;
  draws.sampling = Sampling::sobol;  // streams have dimensions; their normals are given
  draws.grid_months = bridge_months(model_.months);
  draws.components = draws.grid_months;
  std::vector<SobolStream> streams;
  const auto take = [&](const std::set<std::uint64_t>& some, bool monthly, int& count) {
    for (const std::uint64_t stream : some) {
      if (!names.has(stream)) continue;  // stays outside the space
      streams.push_back({stream, count++, monthly});
      names_.push_back(names.of(stream));
    }
  };
  take(drawn.monthly, true, draws.monthly);
  take(drawn.single, false, draws.single);
  stream_of_.resize(static_cast<std::size_t>(dimensions_of(draws)));
  for (int place = 0; place < draws.monthly; ++place) {
    for (int c = 0; c < draws.components; ++c)
      stream_of_[static_cast<std::size_t>(bridge_dimension(draws, place, c))] = static_cast<std::size_t>(place);
  }
  for (int place = 0; place < draws.single; ++place)
    stream_of_[static_cast<std::size_t>(single_dimension(draws, place))] =
        static_cast<std::size_t>(draws.monthly + place);
  std::sort(streams.begin(), streams.end(),
            [](const SobolStream& a, const SobolStream& b) { return a.stream < b.stream; });
  draws.streams = storage_.keep(std::move(streams));
  draws.drawn = storage_.keep(drawn_dimensions(draws, model_.months));
  model_.draw_plan = draws;
}

SpaceProbe::SpaceProbe(const NormalSpace& space, const Kernels& kernel)
    : space_(space), kernel_(kernel), memory_(space.model()) {}

void SpaceProbe::put(const std::vector<Point>& points, std::size_t first) {
  for (std::size_t d = 0; d < space_.dimensions(); ++d) {
    float* row = memory_.rows().sobol[d].at;
    for (std::size_t lane = 0; lane < kBlockPaths; ++lane)
      row[lane] = first + lane < points.size() ? static_cast<float>(points[first + lane][d]) : 0.0F;
  }
}

std::vector<double> SpaceProbe::values(const OutputPlan& output, const std::vector<Point>& points) {
  std::vector<double> result, block(kBlockPaths);
  for (std::size_t first = 0; first < points.size(); first += kBlockPaths) {
    put(points, first);
    kernel_.simulate(space_.model(), 0, Drawing::probing, 0, memory_.rows());
    kernel_.evaluate(&output, 1, space_.model(), memory_.rows(), block.data());
    const std::size_t count = std::min(kBlockPaths, points.size() - first);
    result.insert(result.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return result;
}

SpaceProbe::Point SpaceProbe::gradient(const OutputPlan& output, const Point& at,
                                       const std::vector<std::size_t>& dimensions) {
  constexpr double kStep = 0.1;  // standard deviations; cells are floats
  constexpr std::size_t kPairs = kBlockPaths / 2;
  Point gradient(space_.dimensions()), block(kBlockPaths);
  put(std::vector<Point>(kBlockPaths, at), 0);
  for (std::size_t first = 0; first < dimensions.size(); first += kPairs) {
    const std::size_t pairs = std::min(kPairs, dimensions.size() - first);
    const auto move = [&](double step) {
      for (std::size_t k = 0; k < pairs; ++k) {
        const std::size_t d = dimensions[first + k];
        memory_.rows().sobol[d].at[2 * k] = static_cast<float>(at[d] + step);
        memory_.rows().sobol[d].at[2 * k + 1] = static_cast<float>(at[d] - step);
      }
    };
    move(kStep);
    kernel_.simulate(space_.model(), 0, Drawing::probing, 0, memory_.rows());
    kernel_.evaluate(&output, 1, space_.model(), memory_.rows(), block.data());
    for (std::size_t k = 0; k < pairs; ++k)
      gradient[dimensions[first + k]] = (block[2 * k] - block[2 * k + 1]) / (2 * kStep);
    move(0);
  }
  return gradient;
}

std::vector<double> SpaceProbe::values_at(const std::vector<OutputPlan>& outputs, const Point& at) {
  put({at}, 0);
  kernel_.simulate(space_.model(), 0, Drawing::probing, 0, memory_.rows());
  std::vector<double> all(outputs.size() * kBlockPaths), result;
  kernel_.evaluate(outputs.data(), static_cast<int>(outputs.size()), space_.model(), memory_.rows(), all.data());
  for (std::size_t o = 0; o < outputs.size(); ++o) result.push_back(all[o * kBlockPaths]);
  return result;
}

const Row* SpaceProbe::simulate_shifted(std::int64_t path0,
                                        const std::function<const Point*(std::size_t lane)>& shift) {
  static const std::uint64_t stream = sha256_prefix64("reverse/normals");
  const DrawPlan& draws = space_.model().draw_plan;
  Row* rows = memory_.rows().sobol;
  alignas(64) float four[4 * kBlockPaths];
  std::uint32_t drawn = ~std::uint32_t{0};
  for (const int d : draws.drawn) {
    const auto draw = static_cast<std::uint32_t>(d) / 4;
    if (draw != drawn) kernel_.normals(draws.seed, stream, draw, static_cast<std::uint64_t>(path0), four);
    drawn = draw;
    std::copy_n(four + static_cast<std::ptrdiff_t>(d % 4) * static_cast<std::ptrdiff_t>(kBlockPaths), kBlockPaths,
                rows[d].at);
  }
  for (std::size_t lane = 0; lane < kBlockPaths; ++lane) {
    if (const Point* by = shift(lane)) {
      for (const int d : draws.drawn) rows[d].at[lane] += static_cast<float>((*by)[static_cast<std::size_t>(d)]);
    }
  }
  kernel_.simulate(space_.model(), static_cast<std::uint64_t>(path0), Drawing::given, 0, memory_.rows());
  return rows;
}

}  // namespace plimsoll
