#include "scenarios/report_reader.hpp"

#include <algorithm>
#include <string_view>

#include "scenarios/near_names.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr const char* kMeasures[] = {".value", ".yoy", ".yoy_rmb", ".yoy_2y", ".volume", ".price", ".share"};

/// Of the two totals alone.
constexpr const char* kMeasuresOfTotals[] = {".carry_over", ".locked_in", ".rest_of_year",
                                             ".yoy_change", ".momentum",  ".base_effect"};

std::string text(const ConfigNode* node) { return node == nullptr ? "" : node->text; }

bool glob(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') return glob(pattern.substr(1), name) || (!name.empty() && glob(pattern, name.substr(1)));
  return !name.empty() && (pattern[0] == '?' || pattern[0] == name[0]) && glob(pattern.substr(1), name.substr(1));
}

/// Does any series of the catalog match the pattern?
bool known_series(const IdCatalog& catalog, const std::string& pattern) {
  return std::any_of(catalog.series.begin(), catalog.series.end(), [&](const std::string& series) {
    if (series.starts_with("driver.")) return glob(pattern, series + ".level");
    const bool total = series == "exports.total" || series == "imports.total";
    const auto matches = [&](const char* measure) { return glob(pattern, series + measure); };
    if (total && std::any_of(std::begin(kMeasuresOfTotals), std::end(kMeasuresOfTotals), matches)) return true;
    return std::any_of(std::begin(kMeasures), std::end(kMeasures), matches);
  });
}

/// Every name that a report can ask for; with `patterns` also whole series and every member of a kind.
std::vector<std::string> report_names(const IdCatalog& catalog, bool patterns) {
  std::vector<std::string> names;
  for (const std::string& series : catalog.series) {
    if (series.starts_with("driver.")) {
      names.push_back(series + ".level");
      continue;
    }
    if (patterns) names.push_back(series + ".*");
    const std::string of_all = series.substr(0, series.rfind('.')) + ".*";  // exports.product.*
    for (const char* measure : kMeasures) {
      names.push_back(series + measure);
      if (patterns && std::find(names.begin(), names.end(), of_all + measure) == names.end())
        names.push_back(of_all + measure);
    }
    if (series == "exports.total" || series == "imports.total") {
      for (const char* measure : kMeasuresOfTotals) names.push_back(series + measure);
    }
  }
  return names;
}

/// What stands before `@`.
std::string before_period(const std::string& pattern) { return pattern.substr(0, pattern.find('@')); }

/// A pattern with an empty side of `@`, or two of them, can match nothing.
void check_period(const ConfigNode& item, const std::string& path, std::vector<Problem>& problems) {
  const std::size_t at = item.text.find('@');
  if (at == std::string::npos) return;
  const bool two = item.text.find('@', at + 1) != std::string::npos;
  if (two || at + 1 == item.text.size() || at == 0)
    problems.push_back({item.place, path, "'" + item.text + "' has no period after @, or more than one",
                        "a pattern is SERIES or SERIES@PERIOD", "write e.g. 'exports.total.yoy@A' or '..@2027-*'"});
}

const std::vector<std::string> kContributions{"product", "market", "market_set",   "chain",
                                              "stage",   "driver", "price_volume", "none"};

/// Does any kind of contribution match?
bool known_contribution(const std::string& pattern) {
  return std::any_of(kContributions.begin(), kContributions.end(),
                     [&](const std::string& kind) { return glob(pattern, kind); });
}

/// Months of the mean: observed ones.
void check_mean(const ConfigNode& from, const ConfigNode& to, const std::string& path, const IdCatalog& catalog,
                const DriverThreshold& threshold, std::vector<Problem>& problems) {
  const auto changes =
      catalog.driver_changes.find(threshold.driver == "memory_price" ? "memory_price_cycle" : threshold.driver);
  const Month first = catalog.as_of - (changes == catalog.driver_changes.end() ? 0 : changes->second);
  if (threshold.from > threshold.to) {
    problems.push_back({to.place, path + ".to", "'to' is before 'from'", "", "swap them"});
  } else if (threshold.from < first || threshold.to > catalog.as_of) {
    const bool early = threshold.from < first;
    problems.push_back({(early ? from : to).place, path + (early ? ".from" : ".to"),
                        "the mean reaches beyond what is observed",
                        threshold.driver + " is known from " + to_string(first) + " to " + to_string(catalog.as_of),
                        "give observed months"});
  }
}

std::vector<DriverThreshold> read_driver_thresholds(const ConfigNode* list, const IdCatalog& catalog,
                                                    std::vector<Problem>& problems) {
  std::vector<DriverThreshold> all;
  for (std::size_t k = 0; list != nullptr && k < list->items.size(); ++k) {
    const ConfigNode& node = list->items[k];
    const std::string path = "report.driver_thresholds[" + std::to_string(k) + "]";
    const ConfigNode *from = node.find("from"), *to = node.find("to"), *level = node.find("level");
    DriverThreshold out;
    out.driver = text(node.find("driver"));
    if (text(node.find("side")) == "above") out.side = DriverThreshold::Side::above;
    const bool months = from != nullptr && to != nullptr;
    if ((level != nullptr) == (from != nullptr || to != nullptr) || (level == nullptr && !months)) {
      problems.push_back({node.place, path, "a threshold is either a level or the mean of months", "",
                          "give level, or both from and to"});
      continue;
    }
    if (level != nullptr) {
      out.level = parse_double(level->text);
    } else {
      out.from = *parse_month(from->text);
      out.to = *parse_month(to->text);
      check_mean(*from, *to, path, catalog, out, problems);
    }
    all.push_back(out);
  }
  return all;
}

/// In the order of the table, however the file lists them.
std::vector<Frequency> read_frequencies(const ConfigNode& list, std::vector<Problem>& problems) {
  std::vector<Frequency> all;
  for (const Frequency frequency : kEveryFrequency) {
    const auto is_named = [&](const ConfigNode& item) { return item.text == frequency_name(frequency); };
    if (std::any_of(list.items.begin(), list.items.end(), is_named)) all.push_back(frequency);
  }
  if (all.empty()) {
    problems.push_back({list.place, "report.frequencies", "no length of period is named",
                        "every series would be without a figure",
                        "name some of M, Q, A and YTD, or leave the key out"});
  }
  return all;
}

/// Each once, in the order of the file: the first is that of the documents that have only one.
std::vector<std::string> read_languages(const ConfigNode& list, std::vector<Problem>& problems) {
  std::vector<std::string> all;
  for (const ConfigNode& item : list.items) {
    if (std::find(all.begin(), all.end(), item.text) == all.end()) all.push_back(item.text);
  }
  if (all.empty())
    problems.push_back({list.place, "report.languages", "no language is named",
                        "documents are written in some language", "name en, zh or both, or leave the key out"});
  return all;
}

}  // namespace

ReportSpec read_report(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems) {
  ReportSpec spec;
  const ConfigNode* report = root.find("report");
  if (const ConfigNode* series = report->find("series")) {
    for (const ConfigNode& item : series->items) {
      check_period(item, "report.series", problems);
      if (!known_series(catalog, before_period(item.text)))
        problems.push_back(
            {item.place, "report.series", "'" + item.text + "' matches no series",
             "series are exports.total, exports.product.ID, exports.market.ID, exports.chain.ID and "
             "exports.without.ID, each "
             "with .value, .yoy, .yoy_rmb, .yoy_2y, .volume, .price or .share; exports.total and "
             "imports.total also with .carry_over, .locked_in, .rest_of_year, .yoy_change, .momentum and "
             ".base_effect; and driver.ID.level",
             did_you_mean(before_period(item.text), report_names(catalog, item.text.find('*') != std::string::npos),
                          "write e.g. 'exports.total.*'")});
      spec.series.push_back(item.text);
    }
  }
  spec.frequencies = read_frequencies(*report->find("frequencies"), problems);
  if (const ConfigNode* contributions = report->find("contributions")) {
    for (const ConfigNode& item : contributions->items) {
      check_period(item, "report.contributions", problems);
      if (!known_contribution(before_period(item.text)))
        problems.push_back(
            {item.place, "report.contributions", "'" + item.text + "' matches no contribution",
             "growth is split by product, market, market_set, chain, stage, driver and price_volume",
             did_you_mean(before_period(item.text), kContributions, "write e.g. 'product', or 'none' for none")});
      spec.contributions.push_back(item.text);
    }
  }
  spec.thresholds_pct.clear();
  for (const ConfigNode& item : report->find("thresholds_pct")->items)
    spec.thresholds_pct.push_back(*parse_double(item.text));
  spec.driver_thresholds = read_driver_thresholds(report->find("driver_thresholds"), catalog, problems);
  spec.languages = read_languages(*report->find("languages"), problems);
  spec.single_lunar_months = text(report->find("single_lunar_months")) == "true";
  return spec;
}

}  // namespace plimsoll
