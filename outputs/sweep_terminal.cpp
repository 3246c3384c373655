#include "outputs/sweep_terminal.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "outputs/build_facts.hpp"
#include "outputs/json_number.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sweep_tables.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

/// A figure to the place that its error leaves sense in.
std::string figure_text(const Estimate::Figure& f) {
  const int decimals =
      f.se > 0 && std::isfinite(f.se) ? std::clamp(1 - static_cast<int>(std::floor(std::log10(f.se))), 0, 6) : 2;
  return fixed(f.value, decimals) + " " + error_text(f.se);
}

std::string now_utc() {
  char text[40];
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace

std::string point_text(const SweepPlan& plan, std::int64_t point) {
  std::string text;
  for (std::size_t f = 0; f < plan.fields.size(); ++f)
    text +=
        (f == 0 ? "" : ", ") + plan.fields[f] + " = " + plain_value(plan.points[static_cast<std::size_t>(point)][f]);
  return text;
}

std::string failures_text(const SweepPlan& plan, const MergedSweep& merged) {
  std::string text;
  for (const MergedSweep::Failure& failure : merged.failures)
    text += "  point " + std::to_string(failure.point + 1) + " (" + point_text(plan, failure.point) +
            "): " + failure.error + "\n";
  const std::int64_t more = merged.failed - static_cast<std::int64_t>(merged.failures.size());
  return text + (more > 0 ? "  and " + grouped(more) + " more: failures.csv\n" : "");
}

std::string sweep_terminal(const SweepPlan& plan, const MergedSweep& merged, const TerminalStyle& style) {
  std::string text = emphasised(plan.title.en.empty() ? plan.name : plan.title.en, style) + "\n" +
                     grouped(merged.done) + " points of " + plan.scenario + ", " + grouped(plan.paths) +
                     " paths each on common random numbers\n";
  for (std::size_t o = 0; o < plan.outputs.size() && merged.done > 0; ++o) {
    const MergedSweep::Range& range = merged.ranges[o];
    const std::string unit = plan.outputs[o].unit;
    text += "\n" + plan.outputs[o].text + (unit == "probability" ? "" : ", " + unit) + "\n";
    text += "  lowest  " + right_aligned(figure_text(range.low), 20) +
            dimmed("  at " + point_text(plan, range.lowest), style) + "\n";
    text += "  highest " + right_aligned(figure_text(range.high), 20) +
            dimmed("  at " + point_text(plan, range.highest), style) + "\n";
  }
  return text;
}

std::string sweep_manifest(const SweepPlan& plan, const MergedSweep& merged, const std::vector<std::string>& commands) {
  Json json;
  json["plimsoll_sweep_run"] = 1;
  json["status"] = merged.missing + merged.failed > 0 ? "partial" : "complete";
  json["sweep"] = {{"name", plan.name}, {"title", {{"en", plan.title.en}, {"zh", plan.title.zh}}}};
  json["plan_hash"] = plan.hash;
  json["points"] = {
      {"all", plan.point_count()}, {"done", merged.done}, {"failed", merged.failed}, {"missing", merged.missing}};
  json["paths"] = plan.paths;
  json["paths_unsolved"] = merged.unsolved_paths;
  json["seed"] = plan.seed;
  json["sampling"] = plan.sampling;
  json["digest"] = merged.digest;
  json["failures"] = Json::array();
  for (const MergedSweep::Failure& failure : merged.failures)
    json["failures"].push_back({{"point", failure.point + 1}, {"error", failure.error}});
  json["engine"] = plan.engine_number;
  json["calibrations"] = Json::object();
  for (const SweepPlan::Input& c : plan.calibrations) json["calibrations"][c.name] = c.sha256;
  json["inputs"] = Json::array();
  for (const SweepPlan::Input& input : plan.inputs)
    json["inputs"].push_back({{"path", input.name}, {"sha256", input.sha256}});
  json["version"] = version();
  json["compiler"] = compiler();
  json["written_utc"] = now_utc();
  json["command_line"] = commands.front();
  if (commands.size() > 1) json["continued"] = std::vector<std::string>(commands.begin() + 1, commands.end());
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void sweep_json(const SweepPlan& plan, const SweepIndex& index, const MergedSweep& merged, const std::string& folder,
                const std::function<void(const std::string&)>& put) {
  const auto dumped = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  Json head{{"sweep", plan.name},      {"folder", folder},        {"plan_hash", plan.hash},
            {"digest", merged.digest}, {"paths", plan.paths},     {"seed", plan.seed},
            {"done", merged.done},     {"failed", merged.failed}, {"missing", merged.missing}};
  std::string open = dumped(head);
  open.pop_back();
  put(open + ",\"points\":[");
  for (std::int64_t point = 0; point < plan.point_count(); ++point) {
    Json one{{"point", point + 1}, {"fields", Json::object()}};
    for (std::size_t f = 0; f < plan.fields.size(); ++f) {
      const std::string& value = plan.points[static_cast<std::size_t>(point)][f];
      const std::optional<double> real = parse_double(value);
      one["fields"][plan.fields[f]] = real ? Json(*real) : Json(plain_value(value));
    }
    if (index.status(point) == SweepIndex::Status::missing) {
      one["status"] = "missing";
    } else {
      const PointOutcome outcome = index.read(point);
      one["status"] = outcome.failed() ? "failed" : "ok";
      if (outcome.failed()) one["error"] = outcome.error;
      one["outputs"] = Json::object();
      for (std::size_t o = 0; o < outcome.figures.size(); ++o)
        one["outputs"][plan.outputs[o].text] = {{"value", json_number(outcome.figures[o].value)},
                                                {"se", json_number(outcome.figures[o].se)}};
    }
    put((point == 0 ? "\n" : ",\n") + dumped(one));
  }
  put("\n]}\n");
}

}  // namespace plimsoll
