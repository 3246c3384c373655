/// \file
/// Which inputs of a scenario matter for a figure of its outputs: tornado, Morris, Sobol indices, importance of
/// drivers. Theory: docs/theory/sensitivity.md.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/statistic_text.hpp"
#include "sim/sensitivity_paths.hpp"
#include "sim/sobol_indices.hpp"

namespace plimsoll {

enum class SensitivityMethod { tornado, morris, sobol, importance };
std::string to_string(SensitivityMethod method);

struct SensitivityAsk {
  SensitivityMethod method = SensitivityMethod::tornado;
  std::vector<Statistic> of;
  InputGrouping grouping = InputGrouping::group;
  std::map<std::string, std::string> fields;  ///< stream -> input, of --over; empty: all inputs of the scenario
  std::int64_t points = 0;                    ///< rows of Saltelli's design, or Morris trajectories
  std::int64_t paths = 0;                     ///< of every exchange, and of a decomposition
  std::int64_t point_paths = 0;               ///< of every point
};

/// What a row rests on: paths whose inputs were exchanged; points at which inputs were held and paths simulated; the
/// split of growth by driver on the paths of one run.
enum class SensitivityBasis { paths, points, decomposition };
std::string to_string(SensitivityBasis basis);

struct SensitivityRow {
  std::string of;  ///< as asked: p05(exports.total.yoy@2027)
  SensitivityBasis basis = SensitivityBasis::points;
  std::string input;     ///< empty: of the figure itself
  std::string quantity;  ///< value; at_p10, at_p90, swing; mu, mu_star, sigma; first, total; share, tail_share
  std::string unit;      ///< pct, pp, usd_bn, index, share, ...
  IntervalEstimate estimate;
};

struct SensitivityResult {
  SensitivityMethod method = SensitivityMethod::tornado;
  std::vector<SensitivityRow> rows;  ///< by figure; inputs with the greatest effect first
  /// All of them; and those that no row names, for they move no figure.
  std::vector<SensitivityInput> inputs;
  std::vector<std::string> without_effect;
  std::int64_t points = 0;     ///< rows of Saltelli's design, or trajectories
  std::int64_t left_out = 0;   ///< rows or trajectories of a sweep that lack a point
  std::int64_t simulated = 0;  ///< paths in all
  std::string instruction_set;
  double seconds = 0;
};

/// How much there is to simulate, and how long that takes on this host, from some paths simulated now.
struct SensitivityCost {
  std::int64_t inputs = 0, simulated = 0;    ///< inputs; paths in all
  std::int64_t sets = 0, paths = 0;          ///< exchanges or runs, and paths of each
  std::int64_t points = 0, point_paths = 0;  ///< the same of points
  std::int64_t bytes = 0;                    ///< of values kept at a time
  double seconds = 0;
};

/// A checked question: after its constructor nothing fails for a reason of the user's.
class Sensitivity {
 public:
  /// \throws InputError (usage) for a figure that the scenario does not compute
  Sensitivity(const Scenario& scenario, const Calibration& calibration, SensitivityAsk ask);
  ~Sensitivity();

  SensitivityCost cost(const SensitivityOptions& options) const;
  SensitivityResult run(const SensitivityOptions& options) const;

  struct Plan;

 private:
  std::unique_ptr<const Plan> plan_;
};

}  // namespace plimsoll
