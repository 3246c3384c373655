#include "models/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace plimsoll {

namespace {

template <class Items>
int index_of(const Items& items, const std::string& id) {
  const auto place = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  return place == items.end() ? -1 : static_cast<int>(place - items.begin());
}

const Parameter* find_most_specific(const std::vector<Parameter>& parameters, const std::string& name,
                                    const std::string& product, const std::string& market) {
  const Parameter* best = nullptr;
  int best_rank = -1;
  for (const Parameter& p : parameters) {
    if (p.name != name || (!p.product.empty() && p.product != product) || (!p.market.empty() && p.market != market))
      continue;
    const int rank = (p.product.empty() ? 0 : 2) + (p.market.empty() ? 0 : 1);
    if (rank > best_rank) {
      best_rank = rank;
      best = &p;
    }
  }
  return best;
}

const Parameter& most_specific(const std::vector<Parameter>& parameters, const std::string& name,
                               const std::string& product, const std::string& market) {
  const Parameter* best = find_most_specific(parameters, name, product, market);
  if (best == nullptr) throw std::logic_error("calibration has no parameter " + name + " " + product + " " + market);
  return *best;
}

double seasonal_factor(const std::array<double, 12>& factors, const std::map<int, double>& january_frac, Month month) {
  double factor = factors[static_cast<std::size_t>(month.month() - 1)];
  if (month.month() <= 2) {
    const double january = january_frac.at(month.year());
    factor += std::log(2 * (month.month() == 1 ? january : 1 - january));
  }
  return factor;
}

}  // namespace

int Calibration::product_index(const std::string& id) const { return index_of(products, id); }
int Calibration::market_index(const std::string& id) const { return index_of(markets, id); }
int ImportCalibration::product_index(const std::string& id) const { return index_of(products, id); }

const Parameter& Calibration::parameter(const std::string& parameter_name, const std::string& product,
                                        const std::string& market) const {
  return most_specific(parameters, parameter_name, product, market);
}

const Parameter* Calibration::find_parameter(const std::string& parameter_name, const std::string& product,
                                             const std::string& market) const {
  return find_most_specific(parameters, parameter_name, product, market);
}

const Parameter& ImportCalibration::parameter(const std::string& name, const std::string& product) const {
  return most_specific(parameters, name, product, "");
}

double Calibration::seasonal(int product, Month month) const {
  return seasonal_factor(seasonal_log[static_cast<std::size_t>(product)], january_frac, month);
}

double ImportCalibration::seasonal(int product, Month month) const {
  return seasonal_factor(seasonal_log[static_cast<std::size_t>(product)], january_frac, month);
}

}  // namespace plimsoll
