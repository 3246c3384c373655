/// \file
/// Writing a run's folder while something that its manifest will vouch for is still under way.
#pragma once

#include <functional>
#include <string>

#include "outputs/run_folder.hpp"

namespace plimsoll {

/// write_run_folder; `before_writing` is called when all files are made and none is written.
std::string write_run_folder(const std::string& folder, const RunResults& results, const RunContext& context,
                             const std::function<void()>& before_writing);

}  // namespace plimsoll
