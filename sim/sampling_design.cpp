#include "sim/sampling_design.hpp"

#include <algorithm>

#include "sim/sampling_rules.hpp"

namespace plimsoll {

namespace {

class Grid final : public SamplingDesign::Rule {
 public:
  explicit Grid(const std::vector<std::int64_t>& levels)
      : Rule(product(levels), static_cast<int>(levels.size())), levels_(levels) {}

  bool is_by_level() const override { return true; }
  std::vector<std::int64_t> levels_at(std::int64_t point) const override {
    std::vector<std::int64_t> level(levels_.size());
    for (std::size_t d = levels_.size(); d-- > 0; point /= levels_[d]) level[d] = point % levels_[d];
    return level;
  }

 private:
  static std::int64_t product(const std::vector<std::int64_t>& levels) {
    std::int64_t points = 1;
    for (const std::int64_t n : levels) points *= n;
    return points;
  }

  std::vector<std::int64_t> levels_;
};

class Zip final : public SamplingDesign::Rule {
 public:
  Zip(int dimensions, std::int64_t points) : Rule(points, dimensions) {}

  bool is_by_level() const override { return true; }
  std::vector<std::int64_t> levels_at(std::int64_t point) const override {
    return std::vector<std::int64_t>(static_cast<std::size_t>(dimensions()), point);
  }
};

}  // namespace

SamplingDesign::SamplingDesign(std::shared_ptr<const Rule> rule) : rule_(std::move(rule)) {}

SamplingDesign SamplingDesign::grid(const std::vector<std::int64_t>& levels) {
  return SamplingDesign(std::make_shared<Grid>(levels));
}
SamplingDesign SamplingDesign::zip(int dimensions, std::int64_t points) {
  return SamplingDesign(std::make_shared<Zip>(dimensions, points));
}
SamplingDesign SamplingDesign::latin_hypercube(const std::vector<std::string>& names, std::int64_t points,
                                               std::uint64_t seed) {
  return SamplingDesign(latin_hypercube_rule(names, points, seed));
}
SamplingDesign SamplingDesign::sobol(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed) {
  return SamplingDesign(sobol_rule(names, points, seed));
}
SamplingDesign SamplingDesign::saltelli(const std::vector<std::string>& names, std::int64_t rows, std::uint64_t seed) {
  return SamplingDesign(saltelli_rule(names, rows, seed));
}
SamplingDesign SamplingDesign::morris(const std::vector<std::string>& names, std::int64_t trajectories, int levels,
                                      std::uint64_t seed) {
  return SamplingDesign(morris_rule(names, trajectories, levels, seed));
}

std::int64_t SamplingDesign::points() const { return rule_->points(); }
int SamplingDesign::dimensions() const { return rule_->dimensions(); }
bool SamplingDesign::is_by_level() const { return rule_->is_by_level(); }
std::vector<std::int64_t> SamplingDesign::levels_at(std::int64_t point) const { return rule_->levels_at(point); }
std::vector<double> SamplingDesign::at(std::int64_t point) const { return rule_->at(point); }

}  // namespace plimsoll
