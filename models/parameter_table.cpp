#include "models/parameter_table.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <utility>

#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

double standard_normal_quantile(double probability) {
  return boost::math::quantile(boost::math::normal(), std::clamp(probability, 1e-15, 1 - 1e-15));
}

/// Thresholds in z of a discrete distribution: where the cumulative probability passes from one value to the next.
std::vector<float> step_thresholds(const RandomNumber& value, std::vector<float>& values) {
  std::vector<float> thresholds;
  double cumulative = 0;
  for (std::size_t k = 0; k + 1 < value.args.size(); k += 2) {
    values.push_back(static_cast<float>(value.args[k]));
    cumulative += value.args[k + 1];
    if (k + 2 < value.args.size()) thresholds.push_back(static_cast<float>(standard_normal_quantile(cumulative)));
  }
  return thresholds;
}

}  // namespace

ParameterId ParameterTable::add(const std::string& name, const RandomNumber& value, const std::string& family,
                                double family_corr) {
  const auto [place, is_new] = rows_.try_emplace(name, static_cast<ParameterId>(default_.size()));
  if (!is_new) return place->second;
  const ParameterId row = place->second;
  default_.push_back(static_cast<float>(median(value)));
  if (value.is_fixed()) return row;

  ParameterDraw draw;
  draw.row = row;
  draw.stream = sha256_prefix64("parameter/" + name);
  if (!family.empty() && family_corr > 0) {
    const auto [f, new_family] = families_.try_emplace(family, static_cast<int>(families_.size()));
    if (new_family) {
      family_streams_.push_back(sha256_prefix64("family/" + family));
      family_names_.push_back(family);
    }
    draw.family = f->second;
    draw.family_weight = static_cast<float>(std::sqrt(family_corr));
    draw.own_weight = static_cast<float>(std::sqrt(1 - family_corr));
  }
  switch (value.kind) {
    case RandomNumber::Kind::normal:
      draw.kind = ParameterDraw::Kind::affine;
      draw.location = static_cast<float>(value.args[0]);
      draw.scale = static_cast<float>(value.args[1]);
      break;
    case RandomNumber::Kind::lognormal:
      if (value.args[0] > 0) {
        draw.kind = ParameterDraw::Kind::exponential;
        draw.location = static_cast<float>(std::log(value.args[0]));
        draw.scale = static_cast<float>(value.args[1]);
        break;
      }
      [[fallthrough]];
    case RandomNumber::Kind::fixed:
    case RandomNumber::Kind::uniform:
    case RandomNumber::Kind::triangular:
    case RandomNumber::Kind::beta:
    case RandomNumber::Kind::student_t:
    case RandomNumber::Kind::quantiles:
      draw.kind = ParameterDraw::Kind::table;
      draw.table = storage_.keep(tables_.table_of(value));
      break;
    case RandomNumber::Kind::discrete: {
      draw.kind = ParameterDraw::Kind::steps;
      std::vector<float> values;
      draw.threshold = storage_.keep(step_thresholds(value, values));
      draw.table = storage_.keep(std::move(values));
      break;
    }
  }
  draws_.push_back(draw);
  return row;
}

ParameterId ParameterTable::add(const Calibration& calibration, const std::string& name, const std::string& product,
                                const std::string& market) {
  const Parameter& parameter = calibration.parameter(name, product, market);
  std::string full = name;
  if (!parameter.product.empty()) full += "/" + parameter.product;
  if (!parameter.market.empty()) full += "/" + parameter.market;
  return add(full, parameter.value, name, parameter.family_corr);
}

void ParameterTable::finish(ModelPlan& plan) {
  tables_.fill();
  std::vector<std::string> names(default_.size());
  for (const auto& [name, row] : rows_) names[static_cast<std::size_t>(row)] = name;
  storage_.name_parameters(std::move(names), std::move(family_names_));
  plan.parameter_default = storage_.keep(std::move(default_));
  plan.draws = storage_.keep(std::move(draws_));
  plan.family_streams = storage_.keep(std::move(family_streams_));
}

}  // namespace plimsoll
