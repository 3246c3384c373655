/// \file
/// A sweep as plain data: which fields of a scenario take which values, and which figures are told of every point.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/statistic_text.hpp"

namespace plimsoll {

enum class DesignKind { grid, zip, latin_hypercube, sobol, saltelli, morris };
std::string to_string(DesignKind kind);
/// Points of a grid and a zip follow from the levels; the others are sampled.
inline bool is_sampled(DesignKind kind) { return kind != DesignKind::grid && kind != DesignKind::zip; }

/// The paths that one path with braces stands for: `a.{b,c}.d` for a.b.d and a.c.d, which then move together. Empty
/// when the braces do not close or hold nothing.
std::vector<std::string> expanded_paths(const std::string& path);

/// A field that varies: by levels, or by a distribution whose quantiles a sampled design takes.
struct SweptField {
  std::string path;                 ///< as `--set` takes it; braces name several
  std::vector<std::string> levels;  ///< YAML on one line
  std::optional<RandomNumber> distribution;
  Place place;
};

struct SweepOutput {
  Statistic statistic;
  std::string text;
  Place place;
};

struct SweepSpec {
  std::string name;
  Text title;
  About about;
  std::string scenario = "base";  ///< a shipped name, or a path
  std::vector<ReadOptions::Override> set;
  DesignKind kind = DesignKind::grid;
  std::vector<SweptField> fields;
  int points = 0;  ///< of sampled designs, as the file says
  std::vector<SweepOutput> outputs;
  std::vector<InputFile> inputs;
};

}  // namespace plimsoll
