/// \file
/// What a checked question of sensitivity holds, and the methods that answer it.
#pragma once

#include "sim/path_figures.hpp"
#include "sim/plan.hpp"
#include "sim/sensitivity.hpp"

namespace plimsoll {

struct Sensitivity::Plan {
  SensitivityAsk ask;
  Simulation simulation;  ///< of the asked cells alone, with random numbers
  NormalSpace space;
  std::vector<CellName> cells;      ///< of all figures, each once
  std::vector<std::string> units;   ///< of the cells
  std::vector<OutputPlan> outputs;  ///< of the cells
  std::vector<PathFigure> figures;
  std::vector<SensitivityInput> inputs, events;
  /// By first cell of figures that points answer: inputs with their directions, then events.
  std::map<std::size_t, std::vector<SensitivityInput>> held;
  std::vector<std::string> still;  ///< inputs along which no output moves at the centre
  /// importance: outputs that split each cell by driver, and the drivers' names; empty where the cell has no split.
  std::vector<std::vector<OutputPlan>> split;
  std::vector<std::vector<std::string>> drivers;
};

/// Values of paths kept at a time: 128 MiB, or one point's.
inline constexpr std::size_t kMostValues = std::size_t{1} << 24;

/// Reports paths of several simulations as parts of one.
class SensitivityProgress {
 public:
  SensitivityProgress(const SensitivityOptions& options, std::int64_t all) : options_(options), all_(all) {}
  /// Options for the next simulation of so many paths.
  SensitivityOptions next(std::int64_t paths) {
    SensitivityOptions options = options_;
    if (options_.progress) {
      const std::int64_t before = begun_;
      options.progress = [this, before](std::int64_t done, std::int64_t) { options_.progress(before + done, all_); };
    }
    begun_ += paths;
    return options;
  }
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }
  std::int64_t simulated() const { return begun_; }

 private:
  const SensitivityOptions& options_;
  std::int64_t all_, begun_ = 0;
};

/// Figures whose Sobol indices come from exchanged paths: of the output itself.
inline bool is_of_the_output(const Statistic& s) {
  return s.kind == Statistic::Kind::mean || s.kind == Statistic::Kind::sd;
}
/// Unit of a figure, and of a difference of two.
std::string unit_of(const Sensitivity::Plan& plan, const PathFigure& figure);
std::string difference_unit(const std::string& unit);

/// Figures that share a first cell share directions. Cell -> figures.
std::map<std::size_t, std::vector<std::size_t>> figures_by_cell(const Sensitivity::Plan& plan, bool by_points_alone);

void run_tornado(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result);
void run_morris(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result);
void run_sobol_of_figures(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result);
void run_sobol(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result);
void run_importance(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result);

/// An input's rows of one figure with the size of its effect.
struct SensitivityEffect {
  double size = 0;
  std::vector<SensitivityRow> rows;
};
/// Appends the rows, greatest effects first; inputs without any are named apart.
void tell_effects(std::vector<SensitivityEffect> effects, SensitivityResult& result);
/// Once all figures are told: inputs that no row names, each once.
void keep_without_effect(SensitivityResult& result);

}  // namespace plimsoll
