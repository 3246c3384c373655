/// \file
/// One rule per kind of sampling design.
#pragma once

#include "sim/sampling_design.hpp"

namespace plimsoll {

class SamplingDesign::Rule {
 public:
  Rule(std::int64_t points, int dimensions) : points_(points), dimensions_(dimensions) {}
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;
  virtual ~Rule() = default;

  std::int64_t points() const { return points_; }
  int dimensions() const { return dimensions_; }
  virtual bool is_by_level() const { return false; }
  virtual std::vector<std::int64_t> levels_at(std::int64_t) const { return {}; }
  virtual std::vector<double> at(std::int64_t) const { return {}; }

 private:
  std::int64_t points_;
  int dimensions_;
};

using DesignRule = std::shared_ptr<const SamplingDesign::Rule>;

DesignRule latin_hypercube_rule(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed);
DesignRule sobol_rule(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed);
DesignRule saltelli_rule(const std::vector<std::string>& names, std::int64_t rows, std::uint64_t seed);
DesignRule morris_rule(const std::vector<std::string>& names, std::int64_t trajectories, int levels,
                       std::uint64_t seed);

}  // namespace plimsoll
