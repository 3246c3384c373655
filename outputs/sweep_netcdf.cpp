#include "outputs/sweep_netcdf.hpp"

#include <limits>
#include <numeric>

#include "outputs/netcdf_file.hpp"
#include "outputs/sweep_tables.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// A field's values as numbers, where all of them are.
std::vector<double> numbers_of(const std::vector<std::string>& values) {
  std::vector<double> numbers;
  for (const std::string& value : values) {
    const std::optional<double> number = parse_double(value);
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

class SweepNetcdf::Handle : public NetcdfFile {
 public:
  Handle(const std::filesystem::path& file, const SweepPlan& plan) : NetcdfFile(file), plan_(plan) {
    const bool grid = plan.design == DesignKind::grid;
    std::vector<int> dimensions;
    if (grid) {
      for (std::size_t f = 0; f < plan.fields.size(); ++f) {
        levels_.push_back(plan.levels[f].size());
        dimensions.push_back(dimension(plan.fields[f], levels_.back()));
      }
    } else {
      levels_.push_back(plan.points.size());
      dimensions.push_back(dimension("point", levels_.back()));
    }
    define_coordinates(grid, dimensions);
    std::vector<int> cells = dimensions;
    const int output = dimension("output", plan.outputs.size());
    cells.push_back(output);
    const int outputs = variable("output", NC_STRING, {output}, "statistic, as the sweep asks for it");
    const int units = variable("unit", NC_STRING, {output}, "unit of the output");
    value_ = variable("value", NC_DOUBLE, cells, "value of the output");
    se_ = variable("se", NC_DOUBLE, cells, "Monte Carlo standard error of the value");
    for (const int one : {value_, se_}) {
      check(nc_put_att_double(id(), one, "_FillValue", NC_DOUBLE, 1, &kNoValue));
      attribute(one, "coordinates", "unit");
    }
    status_ = variable("status", NC_BYTE, dimensions, "what came of the point");
    const signed char flags[] = {0, 1, 2}, missing = 0;
    check(nc_put_att_schar(id(), status_, "_FillValue", NC_BYTE, 1, &missing));
    check(nc_put_att_schar(id(), status_, "flag_values", NC_BYTE, 3, flags));
    attribute(status_, "flag_meanings", "missing ok failed");
    attribute(NC_GLOBAL, "title", plan.title.en.empty() ? plan.name : plan.title.en);
    attribute(NC_GLOBAL, "source", "plimsoll " + plan.version);
    attribute(NC_GLOBAL, "sweep", plan.name);
    attribute(NC_GLOBAL, "scenario", plan.scenario);
    attribute(NC_GLOBAL, "design", to_string(plan.design));
    attribute(NC_GLOBAL, "plan_hash", plan.hash);
    attribute(NC_GLOBAL, "sampling", plan.sampling);
    attribute(NC_GLOBAL, "seed", std::to_string(plan.seed));
    attribute(NC_GLOBAL, "paths", std::to_string(plan.paths));
    check(nc_enddef(id()));
    put_coordinates(grid);
    std::vector<std::string> texts, unit_texts;
    for (const SweepPlan::Output& one : plan.outputs) {
      texts.push_back(one.text);
      unit_texts.push_back(one.unit);
    }
    put_texts(outputs, texts);
    put_texts(units, unit_texts);
  }

  void put(std::int64_t point, const PointOutcome& outcome) {
    std::vector<std::size_t> start(levels_.size()), count(levels_.size(), 1);
    auto rest = static_cast<std::size_t>(point);
    for (std::size_t d = levels_.size(); d-- > 0; rest /= levels_[d]) start[d] = rest % levels_[d];
    const signed char status = outcome.failed() ? 2 : 1;
    check(nc_put_vara_schar(id(), status_, start.data(), count.data(), &status));
    if (outcome.failed()) return;
    std::vector<double> values, errors;
    for (const Estimate::Figure& f : outcome.figures) {
      values.push_back(f.value);
      errors.push_back(f.se);
    }
    start.push_back(0);
    count.push_back(values.size());
    check(nc_put_vara_double(id(), value_, start.data(), count.data(), values.data()));
    check(nc_put_vara_double(id(), se_, start.data(), count.data(), errors.data()));
  }

 private:
  /// The values that a field takes: its levels, or point by point.
  std::vector<std::string> values_of(std::size_t field, bool grid) const {
    if (grid) return plan_.levels[field];
    std::vector<std::string> values;
    for (const std::vector<std::string>& point : plan_.points) values.push_back(point[field]);
    return values;
  }
  void define_coordinates(bool grid, const std::vector<int>& dimensions) {
    if (!grid) point_ = variable("point", NC_INT64, {dimensions[0]}, "number of the point, as in merged.csv");
    for (std::size_t f = 0; f < plan_.fields.size(); ++f)
      fields_.push_back(variable(plan_.fields[f], numbers_of(values_of(f, grid)).empty() ? NC_STRING : NC_DOUBLE,
                                 {dimensions[grid ? f : 0]}, "value of the field"));
  }
  void put_coordinates(bool grid) {
    if (!grid) {
      std::vector<long long> numbers(plan_.points.size());
      std::iota(numbers.begin(), numbers.end(), 1);
      check(nc_put_var_longlong(id(), point_, numbers.data()));
    }
    for (std::size_t f = 0; f < plan_.fields.size(); ++f) {
      std::vector<std::string> texts = values_of(f, grid);
      const std::vector<double> numbers = numbers_of(texts);
      if (!numbers.empty()) {
        check(nc_put_var_double(id(), fields_[f], numbers.data()));
        continue;
      }
      for (std::string& text : texts) text = plain_value(text);
      put_texts(fields_[f], texts);
    }
  }

  const SweepPlan& plan_;
  std::vector<std::size_t> levels_;  ///< of the dimensions
  std::vector<int> fields_;
  int point_ = 0, value_ = 0, se_ = 0, status_ = 0;
};

SweepNetcdf::SweepNetcdf(const std::filesystem::path& file, const SweepPlan& plan)
    : handle_(std::make_unique<Handle>(file, plan)) {}
SweepNetcdf::~SweepNetcdf() = default;
void SweepNetcdf::put(std::int64_t point, const PointOutcome& outcome) { handle_->put(point, outcome); }
void SweepNetcdf::finish() { handle_->finish(); }

}  // namespace plimsoll
