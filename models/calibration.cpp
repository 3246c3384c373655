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

}  // namespace

int Calibration::product_index(const std::string& id) const { return index_of(products, id); }
int Calibration::market_index(const std::string& id) const { return index_of(markets, id); }

const Parameter& Calibration::parameter(const std::string& parameter_name, const std::string& product,
                                        const std::string& market) const {
  const Parameter* best = nullptr;
  int best_rank = -1;
  for (const Parameter& p : parameters) {
    if (p.name != parameter_name || (!p.product.empty() && p.product != product) ||
        (!p.market.empty() && p.market != market))
      continue;
    const int rank = (p.product.empty() ? 0 : 2) + (p.market.empty() ? 0 : 1);
    if (rank > best_rank) {
      best_rank = rank;
      best = &p;
    }
  }
  if (best == nullptr)
    throw std::logic_error("calibration has no parameter " + parameter_name + " " + product + " " + market);
  return *best;
}

double Calibration::seasonal(int product, Month month) const {
  double factor = seasonal_log[static_cast<std::size_t>(product)][static_cast<std::size_t>(month.month() - 1)];
  if (month.month() <= 2) {
    const double january = january_frac.at(month.year());
    factor += std::log(2 * (month.month() == 1 ? january : 1 - january));
  }
  return factor;
}

}  // namespace plimsoll
