#include "outputs/reverse_tables.hpp"

#include "outputs/csv_field.hpp"

namespace plimsoll {
namespace {

std::string probability_csv(const ReverseResult& result) {
  return "target,probability,se,paths,hits,central,unit\n" +
         csv_fields({to_string(JointEvent{{result.target}}), csv_number(result.probability), csv_number(result.se),
                     std::to_string(result.paths), std::to_string(result.hits), csv_number(result.central),
                     result.unit}) +
         "\n";
}

}  // namespace

std::string design_points_csv(const ReverseResult& result) {
  std::string csv = "point,beta,first_order_probability,series,frequency,period,unit,central,at_point\n";
  for (std::size_t k = 0; k < result.points.size(); ++k) {
    const ReversePoint& point = result.points[k];
    for (const PointRow& row : point.rows)
      csv += csv_fields({std::to_string(k + 1), csv_number(point.beta), csv_number(point.first_order), row.series,
                         to_string(row.period.frequency), to_string(row.period), row.unit}) +
             csv_numbers({row.central, row.at_point}) + "\n";
  }
  return csv;
}

namespace {

std::string importance_csv(const ReverseResult& result) {
  std::string csv = "point,stream,share,distance_sd\n";
  for (std::size_t k = 0; k < result.points.size(); ++k) {
    for (const ImportanceRow& row : result.points[k].importance)
      csv += csv_fields({std::to_string(k + 1), row.stream}) + csv_numbers({row.share, row.distance}) + "\n";
  }
  return csv;
}

std::string given_csv(const ReverseResult& result) {
  std::string csv = "series,frequency,period,unit,mean,se_mean,mean_given_target,se_mean_given_target\n";
  for (const ReverseResult::GivenRow& row : result.given)
    csv += csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.unit}) +
           csv_numbers({row.mean, row.se_mean, row.given, row.se}) + "\n";
  return csv;
}

std::string box_csv(const ReverseResult& result) {
  std::string csv = "series,frequency,period,unit,side,bound,density,se_density,coverage,se_coverage,support\n";
  const PrimBox& box = result.box;
  for (const PrimBox::Side& side : box.sides) {
    const ReverseResult::GivenRow& row = result.given[side.variable];
    csv += csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.unit,
                       side.is_upper ? "below" : "above"}) +
           csv_numbers({side.bound, box.density, box.se_density, box.coverage, box.se_coverage, box.support}) + "\n";
  }
  return csv;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> reverse_files(const ReverseResult& result) {
  return {{"probability.csv", probability_csv(result)},
          {"design_points.csv", design_points_csv(result)},
          {"importance.csv", importance_csv(result)},
          {"given.csv", given_csv(result)},
          {"box.csv", box_csv(result)}};
}

}  // namespace plimsoll
