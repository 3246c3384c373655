#include "outputs/stress_tables.hpp"

#include <algorithm>
#include <limits>

#include "outputs/csv_field.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {
namespace {

std::string line(std::initializer_list<std::string> fields) {
  std::string text;
  for (const std::string& field : fields) text += (text.empty() ? "" : ",") + field;
  return text + "\n";
}

/// `statistic,value,unit,se` of a distribution, each after `before`.
void add_statistics(const std::string& before, const StressRow& row, std::string& csv) {
  const Distribution& d = row.distribution;
  const std::string unit = csv_field(row.unit);
  if (row.unit == "probability") {
    csv += line({before, "probability", csv_number(d.mean), unit, csv_number(d.se_mean)});
    return;
  }
  csv += line({before, "mean", csv_number(d.mean), unit, csv_number(d.se_mean)});
  csv += line({before, "sd", csv_number(d.sd), unit, csv_number(d.se_sd)});
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q)
    csv += line(
        {before, quantile_name(kQuantileLevels[q]), csv_number(d.quantile[q]), unit, csv_number(d.se_quantile[q])});
}

std::string stress_csv(const StressResults& results) {
  std::string csv = "scenario,measure,series,period,statistic,value,unit,se\n";
  for (const StressScenario& s : results.scenarios) {
    for (const StressRow& row : s.rows)
      add_statistics(csv_field(s.name) + "," + row.measure + "," + csv_field(row.series) + "," + row.period, row, csv);
  }
  return csv;
}

std::string gates_csv(const StressResults& results) {
  std::string csv = "scenario,gate,value,se,holds,within_two_errors\n";
  for (const StressScenario& s : results.scenarios) {
    for (const GateOutcome& g : s.gates)
      csv += line({csv_field(s.name), csv_field(to_string(g.gate)), csv_number(g.figure.value), csv_number(g.figure.se),
                   g.holds ? "yes" : "no", g.close ? "yes" : "no"});
  }
  return csv;
}

std::string severity_csv(const StressResults& results) {
  std::string csv = "rank,scenario,measure,series,period,value,unit,se\n";
  int rank = 0;
  for (const StressScenario& s : results.scenarios) {
    const std::string before = std::to_string(rank++) + "," + csv_field(s.name) + ",";
    if (!s.failure.empty()) continue;
    const auto add = [&](const std::string& measure, const std::string& series, const std::string& period,
                         const StressFigure& figure, const std::string& unit) {
      csv += before + line({measure, csv_field(series), period, csv_number(figure.value), unit, csv_number(figure.se)});
    };
    add("headline_" + results.order, results.headline.series, results.headline.period,
        results.order == "mean" ? StressFigure{s.headline.mean, s.headline.se_mean}
                                : StressFigure{s.headline.quantile[kP05], s.headline.se_quantile[kP05]},
        results.units.at(results.headline.series));
    const bool baseline = &s == &results.scenarios.front();  // which stands in the middle of itself
    for (const SeverityRow& row : s.drivers) {
      if (baseline) break;
      add("median", row.series, row.period, row.centre, row.unit);
      add("baseline_median", row.series, row.period, row.baseline, row.unit);
      add("baseline_share_below", row.series, row.period, row.quantile, "probability");
    }
    if (!baseline) {
      const double infinity = std::numeric_limits<double>::infinity();  // an empty cell
      add("joint_distance", "drivers", "", s.joint.outside ? StressFigure{infinity, infinity} : s.joint.distance, "sd");
      add("joint_dimensions", "drivers", "", {static_cast<double>(s.joint.dimensions), 0}, "count");
      add("joint_plausibility", "drivers", "", s.joint.plausibility, "probability");
    }
    if (!s.variance) continue;
    const VarianceSplit& v = *s.variance;
    for (const auto& [name, share] : {std::pair("shock", v.shock), std::pair("assumption", v.assumption),
                                      std::pair("parameter", v.parameter), std::pair("model", v.model)})
      add("variance_share", name, results.headline.period, share, "frac");
  }
  return csv;
}

/// One row a scenario and quarter, one pair of columns a variable: the layout of supervisors' scenario tables.
std::string quarters_csv(const StressResults& results) {
  std::vector<std::string> series, quarters;
  const auto add = [](std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const StressScenario& s : results.scenarios) {
    for (const StressRow& row : s.quarters) {
      add(series, row.series);
      add(quarters, row.period);
    }
  }
  std::sort(quarters.begin(), quarters.end());
  std::string csv = "severity,scenario,quarter";
  for (const std::string& name : series)
    csv += "," + csv_field(name + " [" + results.units.at(name) + "]") + "," + csv_field("se " + name);
  csv += "\n";
  for (const StressScenario& s : results.scenarios) {
    if (!s.failure.empty()) continue;
    for (const std::string& quarter : quarters) {
      csv += s.severity + "," + csv_field(s.name) + "," + quarter;
      for (const std::string& name : series) {
        const auto row = std::find_if(s.quarters.begin(), s.quarters.end(),
                                      [&](const StressRow& r) { return r.series == name && r.period == quarter; });
        csv += row == s.quarters.end() ? ",," : csv_numbers({row->distribution.mean, row->distribution.se_mean});
      }
      csv += "\n";
    }
  }
  return csv;
}

std::string exposures_csv(const StressResults& results) {
  std::string csv = "scenario,exposure,period,statistic,value,unit,se\n";
  for (const StressScenario& s : results.scenarios) {
    for (const StressRow& row : s.exposures)
      add_statistics(csv_field(s.name) + "," + csv_field(row.series) + "," + row.period, row, csv);
  }
  return csv;
}

}  // namespace

std::string thresholds_csv(const StressResults& results) {
  std::string csv = "scenario,threshold,probability,se\n";
  for (const StressScenario& s : results.scenarios) {
    for (std::size_t t = 0; t < s.thresholds.size(); ++t)
      csv += line({csv_field(s.name), csv_field(to_string(results.thresholds[t])), csv_number(s.thresholds[t].value),
                   csv_number(s.thresholds[t].se)});
  }
  return csv;
}

std::vector<std::pair<std::string, std::string>> stress_files(const StressResults& results) {
  std::vector<std::pair<std::string, std::string>> files{{"stress.csv", stress_csv(results)},
                                                         {"thresholds.csv", thresholds_csv(results)},
                                                         {"gates.csv", gates_csv(results)},
                                                         {"severity.csv", severity_csv(results)},
                                                         {"quarters.csv", quarters_csv(results)}};
  const auto has = [](const StressScenario& s) { return !s.exposures.empty(); };
  if (std::any_of(results.scenarios.begin(), results.scenarios.end(), has))
    files.emplace_back("exposures.csv", exposures_csv(results));
  return files;
}

const StressScenario* worst_of(const StressResults& results) {
  for (std::size_t k = 1; k < results.scenarios.size(); ++k) {
    if (results.scenarios[k].failure.empty()) return &results.scenarios[k];
  }
  return nullptr;
}

}  // namespace plimsoll
