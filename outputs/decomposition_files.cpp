#include <nlohmann/json.hpp>

#include "outputs/csv_field.hpp"
#include "outputs/decomposition_tables.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

std::string cell(const std::optional<double>& value) { return "," + (value ? shortest(*value) : std::string()); }

std::string csv_row(const Decomposition& all, const DataPeriod& period, const DecomposedRow& row) {
  const Period shown = shown_period(period);
  return all.flow + ".total.yoy," + row.by + "," + csv_field(row.key) + "," + csv_field(row.part_of) + "," +
         to_string(shown.frequency) + "," + to_string(shown) + "," + all.currency + cell(row.value_bn) +
         cell(row.before_bn) + cell(row.growth_pct) + cell(row.two_year_pct) + cell(row.contribution_pp) +
         cell(row.share_pct) + cell(row.volume_pp) + cell(row.price_pp) + cell(row.unsplit_pp) +
         (row.incomplete ? ",yes\n" : ",no\n");
}

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json row_json(const DecomposedRow& row) {
  Json json;
  json["key"] = row.key;
  json["part_of"] = row.part_of.empty() ? Json() : Json(row.part_of);
  json["value_bn"] = row.value_bn;
  json["value_before_bn"] = row.before_bn;
  json["growth_pct"] = number(row.growth_pct);
  json["two_year_pct"] = number(row.two_year_pct);
  json["contribution_pp"] = row.contribution_pp;
  json["share_pct"] = number(row.share_pct);
  json["volume_pp"] = number(row.volume_pp);
  json["price_pp"] = number(row.price_pp);
  json["unsplit_pp"] = number(row.unsplit_pp);
  json["incomplete"] = row.incomplete;
  return json;
}

}  // namespace

std::string decomposition_csv(const Decomposition& all) {
  std::string csv =
      "of,by,key,part_of,frequency,period,currency,value_bn,value_before_bn,growth_pct,two_year_pct,contribution_pp,"
      "share_pct,volume_pp,price_pp,unsplit_pp,incomplete\n";
  for (const DecomposedPeriod& one : all.periods) {
    csv += csv_row(all, one.period, one.total);
    for (const auto* table : {&one.products, &one.markets}) {
      for (const DecomposedRow& row : *table) csv += csv_row(all, one.period, row);
    }
  }
  return csv;
}

std::string trade_lines_csv(const Decomposition& all) {
  std::string csv = "flow,by,printed,key,known,part_of,quantity_unit,file,line\n";
  const auto add = [&](const std::vector<KeyedLine>& lines, const char* by) {
    for (const KeyedLine& one : lines) {
      csv += all.flow + "," + by + "," + csv_field(one.line.name) + "," + csv_field(one.key) + "," +
             (one.known ? "yes" : "no") + "," + csv_field(one.part_of) + "," + csv_field(one.line.unit) + "," +
             csv_field(one.line.place.file) + "," + std::to_string(one.line.place.line) + "\n";
    }
  };
  add(all.products, "product");
  add(all.markets, "market");
  return csv;
}

std::string decomposition_json(const Decomposition& all) {
  Json json;
  json["plimsoll_decomposition"] = 1;
  json["flow"] = all.flow;
  json["currency"] = all.currency;
  json["total_from"] = all.total_from;
  for (const DecomposedPeriod& one : all.periods) {
    Json period;
    period["frequency"] = to_string(one.period.frequency);
    period["period"] = to_string(shown_period(one.period));
    period["total"] = row_json(one.total);
    period["products"] = Json::array();
    for (const DecomposedRow& row : one.products) period["products"].push_back(row_json(row));
    period["markets"] = Json::array();
    for (const DecomposedRow& row : one.markets) period["markets"].push_back(row_json(row));
    period["left_out"] = one.left_out;
    json["periods"].push_back(period);
  }
  json["unmatched"] = Json::array();
  for (const auto* lines : {&all.products, &all.markets}) {
    for (const KeyedLine& one : *lines) {
      if (!one.known && one.part_of.empty()) json["unmatched"].push_back(one.line.name);
    }
  }
  json["partial_groups"] = Json::array();
  for (const auto& [key, lines] : all.partial_groups)
    json["partial_groups"].push_back({{"key", key}, {"lines", lines}});
  json["notes"] = all.notes;
  return json.dump(2) + "\n";
}

}  // namespace plimsoll
