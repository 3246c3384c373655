#include "sim/sensitivity_inputs.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

bool starts_with(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

std::string up_to(const std::string& text, char end) { return text.substr(0, text.find(end)); }

/// Subject of a calibration's parameter by the beginning of its name; others stand by their own name.
std::string subject_of(const std::string& parameter) {
  static const std::vector<std::pair<const char*, const char*>> subjects{{"import_demand_elasticity", "tariffs"},
                                                                         {"import", "imports"},
                                                                         {"hardware_share", "capex"},
                                                                         {"memory_share_of_hardware", "capex"},
                                                                         {"capex", "capex"},
                                                                         {"memory", "memory_price"},
                                                                         {"oil", "oil_price"},
                                                                         {"demand", "foreign_demand"},
                                                                         {"tariff", "tariffs"},
                                                                         {"diversion", "trade_shifts"},
                                                                         {"front_loading", "trade_shifts"},
                                                                         {"trend", "trend"},
                                                                         {"level_", "trend"},
                                                                         {"residual", "residuals"},
                                                                         {"china_supply", "armington"},
                                                                         {"rival_supply", "armington"},
                                                                         {"domestic_", "armington"},
                                                                         {"total_demand", "armington"}};
  for (const auto& [start, subject] : subjects) {
    if (starts_with(parameter, start)) return subject;
  }
  return parameter;
}

std::string input_of_shock(const std::string& driver) {
  if (starts_with(driver, "shocks.")) return "shocks/" + driver.substr(7);
  const std::string name = up_to(driver, '/');
  for (const char* split : {"capex", "foreign_demand"}) {
    if (starts_with(name, (std::string(split) + ".").c_str())) return std::string("shocks/") + split;
  }
  return "shocks/" + name;
}

std::string input_of_number(const std::string& number, InputGrouping grouping) {
  const bool imports = starts_with(number, "imports/");
  if (imports && grouping == InputGrouping::group) return "responses/imports";
  const std::string own = imports ? number.substr(8) : number;
  if (starts_with(own, "loading/")) return (imports ? "responses/imports." : "responses/") + up_to(own.substr(8), '/');
  const std::string first = up_to(own, '/');
  if (first.find('.') == std::string::npos)
    return "parameters/" + (grouping == InputGrouping::group ? subject_of(first) : first);
  return "assumptions/" + (grouping == InputGrouping::group ? up_to(first, '.') : own);
}

}  // namespace

std::string input_of_stream(const std::string& stream, InputGrouping grouping) {
  const std::string kind = up_to(stream, '/'), rest = stream.substr(std::min(stream.size(), kind.size() + 1));
  if (kind == "driver") return input_of_shock(rest);
  if (kind == "parameter" || kind == "family") return input_of_number(rest, grouping);
  const std::string what = kind == "residual" ? "residuals" : "trend";  // level, slope, slope_start
  return starts_with(rest, "imports/") ? "imports_" + what : what;
}

std::vector<SensitivityInput> inputs_of(const NormalSpace& space, InputGrouping grouping,
                                        const std::map<std::string, std::string>& fields) {
  const auto name_of = [&](const std::string& stream) -> std::string {
    if (fields.empty()) return input_of_stream(stream, grouping);
    const auto found = fields.find(stream);
    return found == fields.end() ? kEverythingElse : found->second;
  };
  std::map<std::string, SensitivityInput> inputs;
  for (const std::string& stream : space.streams()) {
    SensitivityInput& input = inputs[name_of(stream)];
    ++input.streams;
  }
  for (const int d : space.model().draw_plan.drawn) {
    const auto dimension = static_cast<std::size_t>(d);
    inputs[name_of(space.streams()[space.stream_of(dimension)])].dimensions.push_back(dimension);
  }
  std::vector<SensitivityInput> list;
  SensitivityInput rest;
  for (auto& [name, input] : inputs) {
    input.name = name;
    if (input.dimensions.empty()) continue;
    if (name == kEverythingElse)
      rest = std::move(input);
    else
      list.push_back(std::move(input));
  }
  if (!rest.name.empty()) list.push_back(std::move(rest));
  return list;
}

std::vector<SensitivityInput> events_of(const NormalSpace& space, const std::vector<std::string>& parameter_names) {
  const ModelPlan& m = space.model();
  std::vector<SensitivityInput> events;
  const auto add = [&](ParameterId row) {
    const double now = static_cast<double>(m.parameter_default[row]);
    if (now <= 0 || now >= 100) return;
    for (const ParameterDraw& draw : m.draws) {
      if (draw.row == row) return;  // a random probability is an input of its own
    }
    std::string name = parameter_names[static_cast<std::size_t>(row)];
    const std::size_t end = name.rfind(".probability_pct");
    if (end != std::string::npos) name.erase(end);
    SensitivityInput event;
    event.name = "events/" + name;
    event.streams = 1;
    event.event = row;
    events.push_back(std::move(event));
  };
  for (const ParameterId row : m.layer_probability) add(row);
  for (const ExportControlPlan& control : m.supply.controls) add(control.probability_pct);
  return events;
}

void set_directions(const NormalSpace& space, const Kernels& kernel, const OutputPlan& output,
                    std::vector<SensitivityInput>& inputs) {
  constexpr double kStill = 1e-6;  // of the steepest dimension: what floats leave of no response
  SpaceProbe probe(space, kernel);
  const View<int>& drawn = space.model().draw_plan.drawn;
  const SpaceProbe::Point gradient = probe.gradient(output, SpaceProbe::Point(space.dimensions()),
                                                    std::vector<std::size_t>(drawn.begin(), drawn.end()));
  double most = 0;
  for (const double g : gradient) most = std::max(most, std::abs(g));
  for (SensitivityInput& input : inputs) {
    input.direction.clear();
    if (input.event != kNone) continue;
    if (input.dimensions.size() == 1) {
      input.direction.emplace_back(input.dimensions.front(), 1.0);
      continue;
    }
    double square = 0;
    for (const std::size_t d : input.dimensions) square += gradient[d] * gradient[d];
    for (const std::size_t d : input.dimensions) {
      if (std::abs(gradient[d]) > kStill * most) input.direction.emplace_back(d, gradient[d] / std::sqrt(square));
    }
  }
}

}  // namespace plimsoll
