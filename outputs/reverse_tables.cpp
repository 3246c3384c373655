#include "outputs/reverse_tables.hpp"

#include <cmath>
#include <initializer_list>

#include "outputs/csv_field.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string number(double x) { return std::isfinite(x) ? shortest(x) : ""; }

std::string line_of(std::initializer_list<std::string> cells) {
  std::string line;
  const char* separator = "";
  for (const std::string& cell : cells) {
    line += separator + csv_field(cell);
    separator = ",";
  }
  return line + "\n";
}

}  // namespace

std::string probability_csv(const ReverseResult& result) {
  return "target,probability,se,paths,hits,central,unit\n" +
         line_of({to_string(JointEvent{{result.target}}), number(result.probability), number(result.se),
                  std::to_string(result.paths), std::to_string(result.hits), number(result.central), result.unit});
}

std::string design_points_csv(const ReverseResult& result) {
  std::string csv = "point,beta,first_order_probability,series,frequency,period,unit,central,at_point\n";
  for (std::size_t k = 0; k < result.points.size(); ++k) {
    const ReversePoint& point = result.points[k];
    for (const PointRow& row : point.rows)
      csv += line_of({std::to_string(k + 1), number(point.beta), number(point.first_order), row.series,
                      to_string(row.period.frequency), to_string(row.period), row.unit, number(row.central),
                      number(row.at_point)});
  }
  return csv;
}

std::string importance_csv(const ReverseResult& result) {
  std::string csv = "point,stream,share,distance_sd\n";
  for (std::size_t k = 0; k < result.points.size(); ++k) {
    for (const ImportanceRow& row : result.points[k].importance)
      csv += line_of({std::to_string(k + 1), row.stream, number(row.share), number(row.distance)});
  }
  return csv;
}

std::string given_csv(const ReverseResult& result) {
  std::string csv = "series,frequency,period,unit,mean,se_mean,mean_given_target,se_mean_given_target\n";
  for (const ReverseResult::GivenRow& row : result.given)
    csv += line_of({row.series, to_string(row.period.frequency), to_string(row.period), row.unit, number(row.mean),
                    number(row.se_mean), number(row.given), number(row.se)});
  return csv;
}

std::string box_csv(const ReverseResult& result) {
  std::string csv = "series,frequency,period,unit,side,bound,density,se_density,coverage,se_coverage,support\n";
  const PrimBox& box = result.box;
  for (const PrimBox::Side& side : box.sides) {
    const ReverseResult::GivenRow& row = result.given[side.variable];
    csv += line_of({row.series, to_string(row.period.frequency), to_string(row.period), row.unit,
                    side.is_upper ? "below" : "above", number(side.bound), number(box.density), number(box.se_density),
                    number(box.coverage), number(box.se_coverage), number(box.support)});
  }
  return csv;
}

std::vector<std::pair<std::string, std::string>> reverse_files(const ReverseResult& result) {
  return {{"probability.csv", probability_csv(result)},
          {"design_points.csv", design_points_csv(result)},
          {"importance.csv", importance_csv(result)},
          {"given.csv", given_csv(result)},
          {"box.csv", box_csv(result)}};
}

}  // namespace plimsoll
