// Tables of how trade and drivers respond: tariffs, loadings, correlations.
#include <algorithm>
#include <array>
#include <set>

#include "models/calibration_draft.hpp"
#include "models/correlation.hpp"

namespace plimsoll {

namespace {

const std::vector<std::string> kDrivers{"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};

}  // namespace

void read_tariffs(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t =
      draft.table("tariffs.csv", {"market", "product", "from", "rate_pct", "competitors_rate_pct"});
  const std::vector<std::string> products = draft.product_ids(), markets = draft.market_ids();
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& market = t.text(r, "market");
    const std::string& product = t.text(r, "product");
    const std::optional<Date> from = t.date(r, "from");
    const double rate_pct = t.not_negative(r, "rate_pct"), rivals_pct = t.not_negative(r, "competitors_rate_pct");
    const bool known = t.choice(r, "market", markets) && t.choice(r, "product", products);
    if (!known || !from) continue;
    auto schedule = std::find_if(c.tariffs.begin(), c.tariffs.end(),
                                 [&](const TariffSchedule& s) { return s.market == market && s.product == product; });
    if (schedule == c.tariffs.end()) schedule = c.tariffs.insert(c.tariffs.end(), {market, product, {}});
    if (!schedule->steps.empty() && *from <= schedule->steps.back().from) {
      t.problem(r, "from",
                "the step of " + to_string(*from) + " does not come after " + to_string(schedule->steps.back().from),
                "the steps of a pair stand by date", "sort the rows");
    }
    schedule->steps.push_back({*from, rate_pct / 100, rivals_pct / 100});
  }
}

void read_loadings(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t =
      draft.table("loadings.csv", {"product", "market", "driver", "volume", "price", "unit", "family_corr"});
  const std::vector<std::string> products = with(draft.product_ids(), "all"), markets = with(draft.market_ids(), "all");
  std::vector<std::string> drivers = kDrivers;
  for (const DeclaredDriver& driver : c.declared_drivers) drivers.push_back(driver.id);
  std::set<std::array<std::string, 3>> seen;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "product", products);
    t.choice(r, "market", markets);
    t.choice(r, "driver", drivers);
    Loading loading{.product = t.text(r, "product"),
                    .market = t.text(r, "market"),
                    .driver = t.text(r, "driver"),
                    .volume = t.random_number(r, "volume"),
                    .price = t.random_number(r, "price"),
                    .family_corr = t.share(r, "family_corr"),
                    .provenance = t.provenance(r)};
    if (!seen.insert({loading.product, loading.market, loading.driver}).second)
      t.problem(r, "driver", "the loading stands twice", "", "keep one row");
    c.loadings.push_back(std::move(loading));
  }
}

void read_correlations(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t = draft.table("correlations.csv", {"a", "b", "value"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const DriverCorrelation pair{t.text(r, "a"), t.text(r, "b"), t.number(r, "value")};
    t.choice(r, "a", kDrivers);
    t.choice(r, "b", kDrivers);
    if (pair.value < -1 || pair.value > 1) t.problem(r, "value", "a correlation outside -1 to 1", "", "");
    if (pair.a == pair.b) t.problem(r, "b", "a driver with itself", "that correlation is 1", "remove the row");
    for (const DriverCorrelation& other : c.correlations) {
      if ((other.a == pair.a && other.b == pair.b) || (other.a == pair.b && other.b == pair.a)) {
        t.problem(r, "a", "the pair stands twice", "", "keep one row");
      }
    }
    c.correlations.push_back(pair);
  }
  if (!draft.problems.empty()) return;
  try {
    correlation_factor(c.correlations);
  } catch (const InputError& error) {  // a scenario that adds none must not be blamed for it
    const Problem& one = error.problems().front();
    t.problem(one.what, one.why, one.hint);
  }
}

}  // namespace plimsoll
