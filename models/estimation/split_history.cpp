#include "models/estimation/split_history.hpp"

#include <array>
#include <cmath>
#include <map>

#include "models/estimation/memory_cycle.hpp"
#include "models/trade_groups.hpp"

namespace plimsoll {
namespace {

constexpr int kShareYear = 2024;
constexpr double kLagMonths = 1;  // by which unit values follow the index, as in the beliefs

/// Values of products by month of one history.csv.
class ProductValues {
 public:
  explicit ProductValues(const TableText& history) {
    for (std::size_t r = 0; r < history.rows(); ++r) {
      const std::string& product = history.at(r, "product");
      if (product != "all") value_[product][history.month(r, "month")] = history.number(r, "value_usd_bn");
    }
  }
  double at(const std::string& product, Month month) const { return value_.at(product).at(month); }
  double sum(const std::vector<std::string>& products, Month month) const {
    double sum = 0;
    for (const std::string& one : products) sum += at(one, month);
    return sum;
  }
  double year(const std::vector<std::string>& products, int year) const {
    double all = 0;
    for (int month = 1; month <= 12; ++month) all += sum(products, Month::of(year, month));
    return all;
  }

 private:
  std::map<std::string, std::map<Month, double>> value_;
};

}  // namespace

ChipSplit::ChipSplit(double memory_frac, double processors_frac, const MonthlySeries& index)
    : odds_((1 - memory_frac) / memory_frac),
      processors_frac_(processors_frac),
      index_(index),
      weights_(gamma_lag_weights(kLagMonths, kMemoryLagLength)) {}

double ChipSplit::memory(double line, Month month) const {
  const double moved = lagged_log(index_, month, weights_) - lagged_log(index_, kSplitAnchor, weights_);
  return rounded(1 / (1 + odds_ * std::exp(-moved)) * line, 6);
}

double ChipSplit::processors(double line, Month month) const {
  return rounded(processors_frac_ * (line - memory(line, month)), 6);
}

std::string split_history(const TableFiles& figures, const TableFiles& beliefs, const std::string& figures_name,
                          const std::string& beliefs_name, const MonthlySeries& memory, Month origin,
                          const Date& known_on) {
  TableText t = table_of(figures, figures_name, "history.csv");
  t.keep([&](std::size_t r) { return t.month(r, "month") <= origin; });
  const ProductValues now(t);
  TableText before = table_of(beliefs, beliefs_name, "history.csv");
  before.keep([&](std::size_t r) { return before.month(r, "month") <= origin; });
  const ProductValues then(before);

  const std::vector<std::string>& line = chip_products();
  const std::vector<std::string>& rest = unprinted_products();
  const double chips = then.year({"computing_chips"}, kShareYear),
               processors = chips / (chips + then.year({"other_ics"}, kShareYear));
  const ChipSplit split(then.at("memory", kSplitAnchor) / then.sum(line, kSplitAnchor), processors, memory);
  std::map<std::string, double> kept;  // shares of what customs does not print
  for (const char* id : {"network_optical", "pharmaceuticals"})
    kept[id] = then.year({id}, kShareYear) / then.year(rest, kShareYear);

  const auto value = [&](const std::string& product, Month month) -> double {
    if (kept.contains(product)) return rounded(kept.at(product) * now.sum(rest, month), 6);
    if (product == "memory") return split.memory(now.sum(line, month), month);
    return now.at(product, month);
  };
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string product = t.at(r, "product");
    const Month month = t.month(r, "month");
    double divided = 0;
    if (product == "memory" || kept.contains(product)) {
      divided = value(product, month);
    } else if (product == "computing_chips" || product == "other_ics") {
      const double all = now.sum(line, month), first = split.processors(all, month);
      divided = product == "other_ics" ? all - split.memory(all, month) - first : first;
    } else if (product == kResidualProduct) {
      divided = now.sum(rest, month);
      for (const std::string& one : rest) divided -= one == kResidualProduct ? 0 : value(one, month);
    } else {
      continue;
    }
    t.set(r, "value_usd_bn", decimals(divided, 6));
    t.set(r, "status", "split");
    t.set(r, "source", "estimate");
    t.set(r, "kind", "judgement");
    t.set(r, "known_from", to_string(known_on));
  }
  return t.text();
}

}  // namespace plimsoll
