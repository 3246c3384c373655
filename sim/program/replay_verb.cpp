/// \file
/// replay: one path of a run by itself, with all that it drew.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "outputs/csv_field.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"
#include "sim/plan.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/program/verbs.hpp"
#include "sim/trace.hpp"

namespace plimsoll {
namespace {

std::string csv_text(const std::vector<TraceRow>& rows) {
  std::string text = "kind,name,by,key,frequency,period,unit,value\n";
  for (const TraceRow& row : rows)
    text += to_string(row.kind) + "," + csv_field(row.name) + "," + csv_field(row.by) + "," + csv_field(row.key) + "," +
            row.frequency + "," + row.period + "," + row.unit + "," + shortest(row.value) + "\n";
  return text;
}

std::string json_text(const std::vector<TraceRow>& rows, const RunContext& context, std::int64_t path) {
  nlohmann::ordered_json json{{"scenario", context.scenario_name}, {"run_hash", context.run_hash}, {"path", path}};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const TraceRow& row : rows) {
    nlohmann::ordered_json one{{"kind", to_string(row.kind)}, {"name", row.name}};
    if (!row.by.empty()) one["by"] = row.by;
    if (!row.key.empty()) one["key"] = row.key;
    if (!row.period.empty()) {
      one["frequency"] = row.frequency;
      one["period"] = row.period;
    }
    if (!row.unit.empty()) one["unit"] = row.unit;
    one["value"] = row.value;
    list.push_back(std::move(one));
  }
  json["trace"] = std::move(list);
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// Draws, drivers by month, and the totals of exports; all other outputs are a number of rows.
std::string table_text(const std::vector<TraceRow>& rows, const RunContext& context, std::int64_t path) {
  std::string text = "Path " + std::to_string(path) + " of scenario " + context.scenario_name + ", seed " +
                     std::to_string(context.seed) + "\n\nDrawn once\n";
  std::string last;
  std::size_t others = 0;
  for (const TraceRow& row : rows) {
    const bool by_month = row.kind == TraceRow::Kind::driver;
    const bool shown = by_month || (row.kind == TraceRow::Kind::summary && row.name.rfind("exports.total.", 0) == 0);
    if (row.kind == TraceRow::Kind::parameter || row.kind == TraceRow::Kind::event) {
      text += "  " + left_aligned(row.name, 56) + " " + shortest(row.value) + "\n";
    } else if (shown) {
      if (row.name != last) text += "\n" + row.name + ", " + row.unit + "\n";
      last = row.name;
      text += "  " + left_aligned(row.period, 12) + " " + right_aligned(fixed(row.value, 4), 14) + "\n";
    } else {
      ++others;
    }
  }
  if (others > 0) text += "\n" + grouped(static_cast<std::int64_t>(others)) + " other values: --format csv or json\n";
  return text;
}

}  // namespace

int replay_verb(const CommandLine& line) {
  if (line.names.size() != 1 || !line.path)
    refuse_usage("'replay' takes one run's folder and --path", "",
                 "for example: plimsoll replay runs/base/X --path 14");
  StoredRun stored = read_stored_run(line.names.front());
  if (*line.path >= stored.context.plan_paths)
    refuse_usage("there is no path " + std::to_string(*line.path),
                 "paths count from 0, and the run has " + std::to_string(stored.context.plan_paths),
                 "use at most " + std::to_string(stored.context.plan_paths - 1));
  const Loaded loaded = load_stored(stored);
  const std::vector<TraceRow> rows = trace_path(loaded.simulation->plan(), loaded.calibration, *line.path);
  print(line.format == "csv"    ? csv_text(rows)
        : line.format == "json" ? json_text(rows, stored.context, *line.path)
                                : table_text(rows, stored.context, *line.path));
  return 0;
}

}  // namespace plimsoll
