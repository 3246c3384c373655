#include "outputs/results_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "outputs/context_json.hpp"
#include "outputs/evidence_json.hpp"
#include "outputs/json_number.hpp"
#include "outputs/sampling_json.hpp"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 9> kQuantileNames{"p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"};

void add(Json& row, const Period& period) {
  row["frequency"] = to_string(period.frequency);
  row["period"] = to_string(period);
}

Json row_of(const std::string& series, const Period& period, const std::string& unit) {
  Json row{{"series", series}};
  add(row, period);
  row["unit"] = unit;
  return row;
}

void add(Json& row, const Distribution& d) {
  row["paths"] = d.paths;
  row["mean"] = json_number(d.mean);
  row["sd"] = json_number(d.sd);
  for (std::size_t q = 0; q < kQuantileNames.size(); ++q) row[kQuantileNames[q]] = json_number(d.quantile[q]);
  row["se_mean"] = json_number(d.se_mean);
  row["se_sd"] = json_number(d.se_sd);
  for (std::size_t q = 0; q < kQuantileNames.size(); ++q) {
    row[std::string("se_") + kQuantileNames[q]] = json_number(d.se_quantile[q]);
  }
}

}  // namespace

std::string results_json(const RunResults& results, const RunContext& context, const std::string& digest,
                         const std::string& folder) {
  Json summary = Json::array(), probabilities = Json::array(), contributions = Json::array();
  for (const SummaryRow& from : results.summary) {
    Json row = row_of(from.series, from.period, from.unit);
    add(row, from.distribution);
    summary.push_back(std::move(row));
  }
  for (const ProbabilityRow& from : results.probabilities) {
    Json row{{"series", from.series}};
    add(row, from.period);
    row["event"] = from.event;
    row["threshold"] = json_number(from.threshold);
    row["probability"] = json_number(from.probability);
    row["se"] = json_number(from.se);
    probabilities.push_back(std::move(row));
  }
  for (const ContributionRow& from : results.contributions) {
    Json row{{"of", from.of}, {"by", from.by}, {"key", from.key}};
    add(row, from.period);
    add(row, from.distribution);
    contributions.push_back(std::move(row));
  }
  Json sets = Json::array();
  for (const SetDefinition& from : results.sets) {
    using Of = SetDefinition::Of;
    sets.push_back({{"name", from.name},
                    {"of", from.of == Of::products  ? "products"
                           : from.of == Of::markets ? "markets"
                                                    : "imports"},
                    {"title", {{"en", from.title.en}, {"zh", from.title.zh}}},
                    {"members", from.weight_frac}});
  }
  const RunStatistics& ran = results.statistics;
  Json all{{"scenario", context.scenario_name},
           {"title", context.title_en},
           {"calibration", context.calibration},
           {"as_of", context.as_of},
           {"horizon", context.horizon},
           {"seed", context.seed},
           {"paths", {{"requested", ran.paths_requested}, {"done", ran.paths_done}}},
           {"run_hash", context.run_hash},
           {"digest", digest},
           {"folder", folder},
           {"summary", summary},
           {"probabilities", probabilities},
           {"contributions", contributions},
           {"sets", sets},
           {"assumptions", assumptions_json(context.assumptions)}};
  if (results.tail) {
    const TailResult& tail = *results.tail;
    Json rows = Json::array();
    for (const TailResult::Row& from : tail.rows) {
      Json row = row_of(from.series, from.period, from.unit);
      row["mean"] = json_number(from.mean);
      row["tail_mean"] = json_number(from.tail_mean);
      row["se_tail_mean"] = json_number(from.se_tail_mean);
      rows.push_back(std::move(row));
    }
    all["tail"] = {{"headline", tail.headline + "@" + to_string(tail.period)},
                   {"share", tail.share},
                   {"headline_edge", json_number(tail.headline_edge)},
                   {"rows", std::move(rows)}};
  }
  if (!results.accuracy.empty()) all["accuracy"] = accuracy_json(results.accuracy);
  if (results.sampling) all["sobol"] = sampling_json(*results.sampling);
  if (results.evidence) all["evidence"] = evidence_json(*results.evidence);
  if (results.pins) all["pins"] = pins_json(*results.pins);
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plimsoll
