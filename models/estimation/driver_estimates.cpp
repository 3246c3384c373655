#include "models/estimation/driver_estimates.hpp"

#include <algorithm>
#include <cmath>

#include "models/correlation.hpp"
#include "models/estimation/covariance_shrinkage.hpp"

namespace plimsoll {
namespace {

/// What a judged correlation is worth: as if from five years of months.
constexpr double kPriorMonths = 60;
/// Smaller correlations of pairs that nobody named are left out.
constexpr double kLeastNamed = 0.1;
constexpr int kFewestChanges = 24;

std::vector<double> log_changes(const MonthlySeries& series, Month from, Month to) {
  std::vector<double> changes;
  for (Month m = from; m <= to; m = m + 1) changes.push_back(std::log(series.at(m) / series.at(m - 1)));
  return changes;
}

double sd_of(const std::vector<double>& x) {
  double mean = 0, square = 0;
  for (const double v : x) mean += v / static_cast<double>(x.size());
  for (const double v : x) square += (v - mean) * (v - mean);
  return std::sqrt(square / (static_cast<double>(x.size()) - 1));
}

struct Pair {
  std::string a, b;
  double sample = 0;
  int months = 0;
};

/// Monthly pairs from a covariance shrunk to equal correlations; capex and memory prices from quarters.
std::vector<Pair> sample_pairs(const DriverLogs& d) {
  std::vector<Pair> pairs;
  const Month from = std::max({d.memory.from, d.oil.from, d.exchange_rate.from}) + 1,
              to = std::min({d.memory.last(), d.oil.last(), d.exchange_rate.last()});
  if (to - from + 1 >= kFewestChanges) {
    const std::vector<std::vector<double>> series{log_changes(d.memory, from, to), log_changes(d.oil, from, to),
                                                  log_changes(d.exchange_rate, from, to)};
    const std::vector<std::string> names{"memory_price", "oil_price", "exchange_rate"};
    Dense data(series[0].size(), 3);
    for (std::size_t r = 0; r < data.rows; ++r) {
      for (std::size_t c = 0; c < 3; ++c) data(r, c) = series[c][r];
    }
    const Dense correlation = correlations_of(shrink_to_constant_correlation(data).matrix);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = i + 1; j < 3; ++j)
        pairs.push_back({names[i], names[j], correlation(i, j), static_cast<int>(data.rows)});
    }
  }
  std::vector<double> capex, memory;
  const auto quarter = [](const MonthlySeries& s, Month m) {
    return std::log(s.at(m)) + std::log(s.at(m + 1)) + std::log(s.at(m + 2));
  };
  Month q = std::max(d.capex.from, d.memory.from);
  while ((q.month() - 1) % 3 != 0) q = q + 1;
  for (q = q + 3; q + 2 <= std::min(d.capex.last(), d.memory.last()); q = q + 3) {
    capex.push_back((quarter(d.capex, q) - quarter(d.capex, q - 3)) / 3);
    memory.push_back((quarter(d.memory, q) - quarter(d.memory, q - 3)) / 3);
  }
  if (capex.size() >= 12) {
    double cross = 0, mean_c = 0, mean_m = 0;
    const auto n = static_cast<double>(capex.size());
    for (std::size_t i = 0; i < capex.size(); ++i) {
      mean_c += capex[i] / n;
      mean_m += memory[i] / n;
    }
    for (std::size_t i = 0; i < capex.size(); ++i) cross += (capex[i] - mean_c) * (memory[i] - mean_m) / (n - 1);
    pairs.push_back({"capex", "memory_price", cross / (sd_of(capex) * sd_of(memory)), static_cast<int>(capex.size())});
  }
  return pairs;
}

NormalBelief correlation_belief(double value, double months) {
  return {value, (1 - value * value) / std::sqrt(std::max(months - 3, 1.0))};
}

}  // namespace

CorrelationBelief combined(const CorrelationBelief& prior, const CorrelationBelief& sample) {
  const double a = std::max(prior.months - 3, 0.0), b = std::max(sample.months - 3, 0.0);
  if (a + b <= 0) return prior;
  return {std::tanh((a * std::atanh(prior.value) + b * std::atanh(sample.value)) / (a + b)), a + b + 3};
}

std::vector<EstimateRow> estimate_drivers(TableFiles& files, const std::string& folder, const DriverLogs& drivers,
                                          const std::vector<std::string>& own, const std::string& known_on) {
  std::vector<EstimateRow> rows;
  TableText parameters = table_of(files, folder, "parameters.csv");
  ParameterWriter writer(parameters, rows);
  const auto put_sd = [&](const char* parameter, const char* driver, const MonthlySeries& series) {
    if (std::find(own.begin(), own.end(), driver) == own.end()) return;
    if (static_cast<int>(series.values.size()) <= kFewestChanges) return;
    const double monthly = sd_of(log_changes(series, series.from + 1, series.last()));
    writer.put_number(
        parameter, "", "", monthly * std::sqrt(12.0),
        fixed_decimals(monthly, 4) + " a month " + to_string(series.from) + ".." + to_string(series.last()),
        static_cast<int>(series.values.size()) - 1, "sd of monthly log changes times root 12");
  };
  put_sd("oil_annual_sd_log", "oil_price", drivers.oil);
  put_sd("exchange_rate_annual_sd_log", "exchange_rate", drivers.exchange_rate);
  files["parameters.csv"] = parameters.text();

  const TableText judged = table_of(files, folder, "correlations.csv");
  TableText t = judged;
  std::vector<EstimateRow> told;
  for (const Pair& pair : sample_pairs(drivers)) {
    std::size_t row = t.rows();
    for (std::size_t r = 0; r < t.rows(); ++r) {
      const bool same =
          (t.at(r, "a") == pair.a && t.at(r, "b") == pair.b) || (t.at(r, "a") == pair.b && t.at(r, "b") == pair.a);
      if (same) row = r;
    }
    const double prior = row < t.rows() ? t.number(row, "value") : 0;
    const CorrelationBelief after = combined(CorrelationBelief{prior, kPriorMonths},
                                             CorrelationBelief{pair.sample, static_cast<double>(pair.months)});
    const std::string note = "sample " + fixed_decimals(pair.sample, 2) + " of " + std::to_string(pair.months) +
                             (pair.a == "capex" ? " quarters" : " months, shrunk") + "; before " +
                             fixed_decimals(prior, 2) + " as if of " + std::to_string(static_cast<int>(kPriorMonths));
    told.push_back({"correlation." + pair.a + "." + pair.b, "", "", correlation_belief(prior, kPriorMonths),
                    correlation_belief(after.value, after.months), pair.months, "moved", note});
    const std::string value = decimals(rounded(after.value, 3), 3);
    if (row < t.rows()) {
      t.set(row, "value", value);
      t.set(row, "source", "estimate");
      t.set(row, "kind", "data");
      t.set(row, "known_from", known_on);
      t.set(row, "note", note);
    } else if (std::abs(after.value) >= kLeastNamed) {
      t.add({pair.a, pair.b, value, "estimate", "data", known_on, note});
    } else {
      told.back().after = *told.back().prior;
      told.back().status = "prior";
      told.back().how += "; below " + fixed_decimals(kLeastNamed, 1) + " and not named by the base: stays 0";
    }
  }
  std::vector<DriverCorrelation> all;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    DriverCorrelation one;
    one.a = t.at(r, "a");
    one.b = t.at(r, "b");
    one.value = t.number(r, "value");
    all.push_back(one);
  }
  try {
    correlation_factor(all);
    files["correlations.csv"] = t.text();
  } catch (const InputError&) {
    for (EstimateRow& row : told) {
      row.after = *row.prior;
      row.status = "prior";
      row.how += "; kept, as the new values contradict each other";
    }
  }
  rows.insert(rows.end(), told.begin(), told.end());
  return rows;
}

}  // namespace plimsoll
