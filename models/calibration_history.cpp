// Trade history: totals of products and markets by month, the seed matrix, and the fitted cells.
#include <cmath>
#include <map>

#include "models/calibration_draft.hpp"
#include "models/matrix_fit.hpp"

namespace plimsoll {

namespace {

/// Gap of the fitted matrix that is still rounding, relative.
constexpr double kFitTolerance = 1e-9;

double sum_of(const std::vector<std::vector<double>>& groups, std::size_t month) {
  double sum = 0;
  for (const std::vector<double>& group : groups) sum += group[month];
  return sum;
}

}  // namespace

std::vector<double> complete(const HistorySeries& series, const std::string& name, Month from, Month as_of,
                             const CalibrationTable& t) {
  std::vector<double> values;
  std::string missing;
  for (Month m = from; m <= as_of; m = m + 1) {
    const auto place = series.find(m);
    if (place == series.end()) {
      missing += (missing.empty() ? "" : ", ") + to_string(m);
    } else {
      values.push_back(place->second.value_usd_bn);
    }
  }
  if (missing.empty()) return values;
  t.problem("months of " + name + " are missing: " + missing, "history has no gaps up to as_of", "add the rows");
  return {};
}

void read_history(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const std::size_t problems_before = draft.problems.size();
  const CalibrationTable t =
      draft.table("history.csv", {"product", "market", "month", "value_usd_bn", "quantity", "quantity_unit", "status"});
  const std::vector<std::string> products = with(draft.product_ids(), "all"), markets = with(draft.market_ids(), "all");
  std::map<std::pair<std::string, std::string>, HistorySeries> series;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "status", {"observed", "derived", "split"});
    const bool known = t.choice(r, "product", products) && t.choice(r, "market", markets);
    const std::optional<Month> month = t.month(r, "month");
    const double value = t.positive(r, "value_usd_bn");
    const double quantity = t.text(r, "quantity").empty() ? 0 : t.positive(r, "quantity");
    if (!known || !month) continue;
    const std::string& product = t.text(r, "product");
    const std::string& market = t.text(r, "market");
    if (product != "all" && market != "all") {
      t.problem(r, "market", "a cell in the history", "history holds sums, the cells are fitted",
                "put it in matrix.csv");
    }
    if (*month > c.as_of)
      t.problem(r, "month", to_string(*month) + " lies after as_of", "", "remove the row or move as_of");
    if (!series[{product, market}].emplace(*month, HistoryEntry{value, quantity, r}).second) {
      t.problem(r, "month", product + "/" + market + " has " + to_string(*month) + " twice", "", "keep one row");
    }
  }
  const HistorySeries& totals = series[{"all", "all"}];
  c.total_from = totals.empty() ? c.detail_from : std::min(totals.begin()->first, c.detail_from);
  c.total = complete(totals, "all/all", c.total_from, c.as_of, t);
  for (const Product& p : c.products) {
    const HistorySeries& months = series[{p.id, "all"}];
    draft.product_totals.push_back(complete(months, p.id + "/all", c.detail_from, c.as_of, t));
    std::vector<double> quantity(c.detail_months(), 0.0);
    for (const auto& [month, entry] : months) {
      if (month >= c.detail_from && month <= c.as_of)
        quantity[static_cast<std::size_t>(month - c.detail_from)] = entry.quantity;
    }
    c.quantity.push_back(std::move(quantity));
  }
  for (const Market& m : c.markets) {
    draft.market_totals.push_back(complete(series[{"all", m.id}], "all/" + m.id, c.detail_from, c.as_of, t));
  }
  if (draft.problems.size() > problems_before) return;  // sums of a broken history would only repeat it
  for (std::size_t k = 0; k < c.detail_months(); ++k) {
    const HistoryEntry& total = totals.at(c.detail_from + static_cast<int>(k));
    for (const auto& [what, groups] :
         {std::pair{"products", &draft.product_totals}, std::pair{"markets", &draft.market_totals}}) {
      if (std::abs(sum_of(*groups, k) / total.value_usd_bn - 1) > kSumTolerance) {
        t.problem(
            total.row, "value_usd_bn",
            std::string(what) + " do not add up to the total in " + to_string(c.detail_from + static_cast<int>(k)),
            "groups partition the customs total", "let the residual group close the sum");
      }
    }
  }
}

void read_matrix(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t = draft.table("matrix.csv", {"product", "market", "value_usd_bn", "status"});
  const std::vector<std::string> product_ids = draft.product_ids(), market_ids = draft.market_ids();
  const std::size_t markets = c.markets.size();
  draft.seed.assign(c.products.size() * markets, 0);
  c.cell_status.assign(draft.seed.size(), CellStatus::imputed);
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "status", {"observed", "imputed"});
    const double value = t.positive(r, "value_usd_bn");
    if (!t.choice(r, "product", product_ids) || !t.choice(r, "market", market_ids)) continue;
    const std::size_t cell = static_cast<std::size_t>(c.product_index(t.text(r, "product"))) * markets +
                             static_cast<std::size_t>(c.market_index(t.text(r, "market")));
    if (draft.seed[cell] > 0) t.problem(r, "market", "the cell stands twice", "", "keep one row");
    draft.seed[cell] = value;
    if (t.text(r, "status") == "observed") c.cell_status[cell] = CellStatus::observed;
  }
  for (std::size_t cell = 0; cell < draft.seed.size(); ++cell) {
    if (draft.seed[cell] > 0) continue;
    t.problem("cell " + c.products[cell / markets].id + "/" + c.markets[cell % markets].id + " is missing",
              "every cell has a seed", "add the row");
  }
}

void fit_cells(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  for (std::size_t k = 0; k < c.detail_months(); ++k) {
    const Month month = c.detail_from + static_cast<int>(k);
    const double total = c.total[static_cast<std::size_t>(month - c.total_from)];
    // Both margins are closed on the customs total first, so that rounding in the tables cannot keep them apart.
    const auto margins = [&](const std::vector<std::vector<double>>& groups) {
      std::vector<double> sums;
      for (const std::vector<double>& group : groups) sums.push_back(group[k] * total / sum_of(groups, k));
      return sums;
    };
    std::vector<double> matrix = draft.seed;
    if (fit_matrix(matrix, margins(draft.product_totals), margins(draft.market_totals)).gap > kFitTolerance) {
      draft.problems.push_back(problem_at(
          {draft.path("matrix.csv"), 1, 1}, "", "the matrix does not converge to the sums of " + to_string(month),
          "it is scaled to products and markets in turn, 1000 times at most", "check the seed"));
    }
    c.cells.insert(c.cells.end(), matrix.begin(), matrix.end());
  }
}

}  // namespace plimsoll
