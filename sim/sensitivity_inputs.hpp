/// \file
/// What a sensitivity analysis calls one input: the normals of a scenario's shocks and uncertain numbers, in groups.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/normal_space.hpp"

namespace plimsoll {

/// group: shocks, responses, parameters and assumptions by subject; number: every uncertain number by its name.
enum class InputGrouping { group, number };

struct SensitivityInput {
  std::string name;                     ///< shocks/capex, responses/capex, parameters/tariffs, trend, ...
  std::vector<std::size_t> dimensions;  ///< of the normal space
  int streams = 0;                      ///< named draws: shocks of a driver, or numbers
  /// Unit vector along which the input is held; empty until directions are set, and where the output does not move.
  std::vector<std::pair<std::size_t, double>> direction;
  ParameterId event = kNone;  ///< an event instead: its probability in percent
};

/// What no chosen field holds, and what no input holds: events, and residuals that are drawn cell by cell.
inline constexpr const char* kEverythingElse = "everything else";
inline constexpr const char* kOtherDraws = "events and other draws";

/// Name of the input that a stream belongs to.
std::string input_of_stream(const std::string& stream, InputGrouping grouping);

/// Every drawn dimension of the space is in one input, in the order of names. `fields`: name of a stream -> input; when
/// there are any, they are the inputs, and all else is in a last one.
std::vector<SensitivityInput> inputs_of(const NormalSpace& space, InputGrouping grouping,
                                        const std::map<std::string, std::string>& fields);

/// Events whose probability is a number between 0 and 100%: tariff layers and export controls.
std::vector<SensitivityInput> events_of(const NormalSpace& space, const std::vector<std::string>& parameter_names);

/// One normal: itself, upwards. Several: along the gradient of the output at the centre of everything, so that the
/// input's 90% quantile is where the output is high.
void set_directions(const NormalSpace& space, const Kernels& kernel, const OutputPlan& output,
                    std::vector<SensitivityInput>& inputs);

}  // namespace plimsoll
