/// \file
/// Figures of a distribution that somebody asks for by name, and the outputs of a scenario that they need.
#pragma once

#include <string>
#include <vector>

#include "scenarios/statistic_text.hpp"
#include "sim/output_selection.hpp"

namespace plimsoll {

struct FigurePlan {
  /// Conditions on cells, that hold on the same path.
  struct Event {
    struct Part {
      std::size_t cell = 0;
      Side side = Side::below;
      double threshold = 0;
    };
    std::vector<Part> parts;
  };
  struct Figure {
    Statistic statistic;
    std::size_t place = 0;  ///< of the cell, or of the event
  };
  std::vector<CellName> cells;
  std::vector<Event> events;
  std::vector<Figure> figures;  ///< in the order in which they were asked for

  explicit FigurePlan(const std::vector<Statistic>& statistics);

  /// `report: {..}` of a scenario that computes these cells and no others, as an assignment.
  std::string report_assignment() const;
  /// The scenario's outputs for the cells. \throws InputError (scenario) with every cell that it has not, at its
  /// figure's place; `places` of the figures, or empty.
  std::vector<OutputPlan> outputs_of(const OutputSelection& outputs, const std::vector<Place>& places = {}) const;
  /// Units of the figures: the cell's, or `probability`.
  std::vector<std::string> units(const OutputSelection& outputs) const;

 private:
  std::size_t add(const CellName& cell);
};

}  // namespace plimsoll
