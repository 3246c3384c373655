/// \file
/// From a sweep's design to its points: levels by number, distributions by their quantiles.
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cstdio>
#include <cstdlib>

#include "scenarios/number_text.hpp"
#include "sim/sampling_design.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

namespace {

[[noreturn]] void refuse(const SweepSpec& sweep, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(InputKind::scenario,
                   {{sweep.fields.front().place, "design." + to_string(sweep.kind), what, why, hint}});
}

/// Twelve digits: what another host's mathematics might round otherwise has no part in a plan.
std::string rounded(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.12g", value);
  return shortest(std::strtod(text, nullptr));
}

std::string value_at(const SweptField& field, double probability) {
  if (field.distribution) {
    const double z = boost::math::quantile(boost::math::normal(), probability);
    return rounded(quantile_at_normal(*field.distribution, z));
  }
  const auto levels = field.levels.size();
  const auto level = static_cast<std::size_t>(probability * static_cast<double>(levels));
  return field.levels[std::min(level, levels - 1)];
}

/// Points of a design before it is made; beyond what is allowed, some larger number.
std::int64_t count_points(const SweepSpec& sweep) {
  const auto fields = static_cast<std::int64_t>(sweep.fields.size());
  switch (sweep.kind) {
    case DesignKind::grid: {
      std::int64_t points = 1;
      for (const SweptField& field : sweep.fields)
        points = std::min(points * static_cast<std::int64_t>(field.levels.size()), kMostPoints + 1);
      return points;
    }
    case DesignKind::zip: return static_cast<std::int64_t>(sweep.fields.front().levels.size());
    case DesignKind::saltelli: return sweep.points * (fields + 2);
    case DesignKind::morris: return sweep.points * (fields + 1);
    case DesignKind::latin_hypercube:
    case DesignKind::sobol: break;
  }
  return sweep.points;
}

SamplingDesign design_of(const SweepSpec& sweep, std::uint64_t seed) {
  std::vector<std::string> names;
  std::vector<std::int64_t> levels;
  for (const SweptField& field : sweep.fields) {
    names.push_back(field.path);
    levels.push_back(static_cast<std::int64_t>(field.levels.size()));
  }
  switch (sweep.kind) {
    case DesignKind::grid: return SamplingDesign::grid(levels);
    case DesignKind::zip: return SamplingDesign::zip(static_cast<int>(names.size()), levels.front());
    case DesignKind::latin_hypercube: return SamplingDesign::latin_hypercube(names, sweep.points, seed);
    case DesignKind::sobol: return SamplingDesign::sobol(names, sweep.points, seed);
    case DesignKind::saltelli: return SamplingDesign::saltelli(names, sweep.points, seed);
    case DesignKind::morris: break;
  }
  return SamplingDesign::morris(names, sweep.points, kMorrisLevels, seed);
}

}  // namespace

std::vector<std::vector<std::string>> design_points(const SweepSpec& sweep, std::int64_t seed) {
  if (count_points(sweep) > kMostPoints)
    refuse(sweep, "the design has more than " + std::to_string(kMostPoints) + " points", "",
           "leave out levels, or sample the same ranges: sobol with points: 4096");
  const std::size_t dimensions = sweep.fields.size() * (sweep.kind == DesignKind::saltelli ? 2 : 1);
  const bool by_sobol = sweep.kind == DesignKind::sobol || sweep.kind == DesignKind::saltelli;
  if (by_sobol && dimensions > static_cast<std::size_t>(most_sobol_dimensions()))
    refuse(sweep, "too many fields for Sobol points", "", "take a latin_hypercube");
  const SamplingDesign design = design_of(sweep, static_cast<std::uint64_t>(seed));
  std::vector<std::vector<std::string>> points;
  points.reserve(static_cast<std::size_t>(design.points()));
  for (std::int64_t k = 0; k < design.points(); ++k) {
    std::vector<std::string> values;
    if (design.is_by_level()) {
      const std::vector<std::int64_t> level = design.levels_at(k);
      for (std::size_t f = 0; f < level.size(); ++f)
        values.push_back(sweep.fields[f].levels[static_cast<std::size_t>(level[f])]);
    } else {
      const std::vector<double> at = design.at(k);
      for (std::size_t f = 0; f < at.size(); ++f) values.push_back(value_at(sweep.fields[f], at[f]));
    }
    points.push_back(std::move(values));
  }
  return points;
}

}  // namespace plimsoll
