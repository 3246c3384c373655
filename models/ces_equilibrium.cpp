#include "models/ces_equilibrium.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kTolerance = 1e-12;  // of the market-clearing residual, in logs
constexpr int kMostHalvings = 40;

/// The industry's constants. Rows are exporters, columns importers.
struct Base {
  ArrayXXd trade, tariff_initial, tariff_final;
  ArrayXXd expenditure_share;  ///< of each market's spending at tariff-paid prices; columns sum to 1
  ArrayXXd destination_share;  ///< of each exporter's sales; rows sum to 1
  ArrayXd demand_elasticity, substitution;
  ArrayXd supply_elasticity, supply_weight;  ///< weight e / (1 + e): 1 for an infinite elasticity
  ArrayXd sales, spending;                   ///< of exporters at world prices, of markets at tariff-paid ones
};

/// Everything at one vector of log world prices, as log ratios to the base.
struct State {
  ArrayXXd importer_price, quantity;  ///< [exporter, importer]
  ArrayXd composite_price;            ///< [importer]
  ArrayXd demand;                     ///< [exporter] for its goods, over all markets
  ArrayXXd expenditure_share, destination_share;
};

void require(bool holds, const CesIndustry& industry, const std::string& rule) {
  if (!holds) throw std::invalid_argument("case '" + industry.name + "': " + rule);
}

ArrayXd array_of(const std::vector<double>& values) {
  return Eigen::Map<const ArrayXd>(values.data(), static_cast<Index>(values.size()));
}

ArrayXXd pairs_of(const std::vector<double>& values, std::size_t exporters, std::size_t importers) {
  using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(values.data(), static_cast<Index>(exporters), static_cast<Index>(importers));
}

std::vector<double> vector_of(const ArrayXd& values) { return {values.data(), values.data() + values.size()}; }

std::vector<double> vector_of_pairs(const ArrayXXd& values) {
  const ArrayXXd by_row = values.transpose();
  return {by_row.data(), by_row.data() + by_row.size()};
}

Base base_of(const CesIndustry& industry) {
  const std::size_t n = industry.exporters.size(), m = industry.importers.size();
  require(n > 0 && m > 0, industry, "needs an exporter and an importer");
  require(industry.import_demand_elasticity.size() == m && industry.substitution_elasticity.size() == m &&
              industry.export_supply_elasticity.size() == n && industry.trade.size() == n * m &&
              industry.tariff_initial.size() == n * m && industry.tariff_final.size() == n * m,
          industry, "sizes differ");
  Base base;
  base.trade = pairs_of(industry.trade, n, m);
  base.tariff_initial = pairs_of(industry.tariff_initial, n, m);
  base.tariff_final = pairs_of(industry.tariff_final, n, m);
  base.demand_elasticity = array_of(industry.import_demand_elasticity);
  base.substitution = array_of(industry.substitution_elasticity);
  base.supply_elasticity = array_of(industry.export_supply_elasticity);
  require(base.trade.isFinite().all() && (base.trade >= 0).all(), industry, "trade is at least 0");
  require(base.tariff_initial.isFinite().all() && (base.tariff_initial > 0).all() &&
              base.tariff_final.isFinite().all() && (base.tariff_final > 0).all(),
          industry, "tariff factors are above 0");
  require(base.demand_elasticity.isFinite().all() && (base.demand_elasticity <= 0).all(), industry,
          "import demand elasticities are at most 0");
  require(base.substitution.isFinite().all() && (base.substitution > 0).all(), industry,
          "substitution elasticities are above 0");
  require((base.supply_elasticity >= 0).all(), industry, "export supply elasticities are at least 0");

  base.supply_weight =
      base.supply_elasticity.isInf().select(1.0, base.supply_elasticity / (1 + base.supply_elasticity));
  const ArrayXXd paid = base.trade * base.tariff_initial;
  base.sales = base.trade.rowwise().sum();
  base.spending = paid.colwise().sum().transpose();
  require((base.sales > 0).all() && (base.spending > 0).all(), industry, "every region trades something");
  base.expenditure_share = paid.rowwise() / base.spending.transpose();
  base.destination_share = base.trade.colwise() / base.sales;
  return base;
}

/// ln sum_i w[i] exp(x[i]) for weights that sum to 1; exact for small x, no overflow for large.
double log_mean_exp(const ArrayXd& w, const ArrayXd& x) {
  const double largest = (w > 0).select(x, -std::numeric_limits<double>::infinity()).maxCoeff();
  const ArrayXd from_largest = (w > 0).select(x - largest, 0.0);
  const double below = (w * from_largest.unaryExpr([](double v) { return std::expm1(v); })).sum();
  return largest + (below > -0.5 ? std::log1p(below) : std::log((w * from_largest.exp()).sum()));
}

State state_at(const Base& base, const VectorXd& log_price) {
  State state;
  state.importer_price = (base.tariff_final / base.tariff_initial).log().colwise() + log_price.array();
  state.quantity.resizeLike(base.trade);
  state.expenditure_share.resizeLike(base.trade);
  state.destination_share.resizeLike(base.trade);
  state.composite_price.resize(base.trade.cols());
  state.demand.resize(base.trade.rows());
  for (Index v = 0; v < base.trade.cols(); ++v) {
    const double sigma = base.substitution(v);
    const ArrayXd price = state.importer_price.col(v);
    const ArrayXd share = base.expenditure_share.col(v);
    // sigma = 1: the CES index is the geometric mean, and shares of spending stay.
    const double spending = log_mean_exp(share, (1 - sigma) * price);
    const double composite = sigma == 1 ? (share * price).sum() : spending / (1 - sigma);
    state.composite_price(v) = composite;
    state.expenditure_share.col(v) = (share > 0).select(share * ((1 - sigma) * price - spending).exp(), 0.0);
    state.quantity.col(v) = -sigma * (price - composite) + base.demand_elasticity(v) * composite;
  }
  for (Index r = 0; r < base.trade.rows(); ++r) {
    const ArrayXd share = base.destination_share.row(r).transpose();
    const ArrayXd quantity = state.quantity.row(r).transpose();
    state.demand(r) = log_mean_exp(share, quantity);
    state.destination_share.row(r) = (share > 0).select(share * (quantity - state.demand(r)).exp(), 0.0).transpose();
  }
  return state;
}

/// e ln p - ln demand, divided by 1 + e so that it stays finite: ln p alone for an infinite elasticity.
VectorXd residual(const Base& base, const State& state, const VectorXd& log_price) {
  return base.supply_weight * log_price.array() - (1 - base.supply_weight) * state.demand;
}

/// Change of log quantities for a change of log importer prices, both [exporter, importer].
ArrayXXd quantity_response(const Base& base, const State& state, const ArrayXXd& price_change) {
  const ArrayXd composite = (state.expenditure_share * price_change).colwise().sum().transpose();
  const ArrayXd common = (base.demand_elasticity + base.substitution) * composite;
  return (-(price_change.rowwise() * base.substitution.transpose())).rowwise() + common.transpose();
}

/// Derivative of the residual with respect to log world prices, [exporter, exporter].
MatrixXd jacobian(const Base& base, const State& state) {
  const MatrixXd common =
      (state.destination_share.rowwise() * (base.demand_elasticity + base.substitution).transpose()).matrix();
  MatrixXd demand = common * state.expenditure_share.matrix().transpose();
  demand.diagonal() -= state.destination_share.matrix() * base.substitution.matrix();
  MatrixXd result = -((1 - base.supply_weight).matrix().asDiagonal() * demand);
  result.diagonal() += base.supply_weight.matrix();
  return result;
}

VectorXd solve_linear(const CesIndustry& industry, const MatrixXd& matrix, const VectorXd& right) {
  const Eigen::FullPivLU<MatrixXd> solver(matrix);
  if (!matrix.allFinite() || !solver.isInvertible()) {
    throw std::runtime_error("case '" + industry.name +
                             "': world prices are not determined (the market-clearing conditions are singular; all "
                             "supply and import demand elasticities 0 leave the price level open)");
  }
  return solver.solve(right);
}

VectorXd equilibrium_prices(const CesIndustry& industry, const Base& base, int most_iterations) {
  VectorXd log_price = VectorXd::Zero(base.trade.rows());
  State state = state_at(base, log_price);
  VectorXd gap = residual(base, state, log_price);
  const auto converged = [&] { return gap.lpNorm<Eigen::Infinity>() <= kTolerance; };
  // A step that no halving makes go down leaves things as they are: further iterations would not either.
  bool moves = true;
  for (int iteration = 0; iteration < most_iterations && moves && !converged(); ++iteration) {
    const VectorXd step = solve_linear(industry, jacobian(base, state), -gap);
    moves = false;
    double length = 1;
    for (int halving = 0; halving <= kMostHalvings && !moves; ++halving, length /= 2) {
      const VectorXd next_price = log_price + length * step;
      State next = state_at(base, next_price);
      const VectorXd next_gap = residual(base, next, next_price);
      moves = next_gap.norm() <= (1 - 1e-4 * length) * gap.norm();
      if (!moves) continue;
      log_price = next_price;
      state = std::move(next);
      gap = next_gap;
    }
  }
  if (converged()) return log_price;
  throw std::runtime_error("case '" + industry.name + "': world prices did not converge (largest residual " +
                           shortest(gap.lpNorm<Eigen::Infinity>()) + ", allowed " + shortest(kTolerance) + ")");
}

/// The figures that follow from changes of prices and quantities alike, exact or linear.
CesChanges accounts(const Base& base, const ArrayXd& world_price, const ArrayXXd& quantity_all) {
  const ArrayXXd quantity = (base.trade > 0).select(quantity_all, 0.0);
  const ArrayXXd value_ratio = (1 + quantity).colwise() * (1 + world_price);
  const ArrayXXd revenue = base.trade * (value_ratio * (base.tariff_final - 1) - (base.tariff_initial - 1));
  CesChanges changes;
  changes.world_price_change = vector_of(world_price);
  changes.quantity_change = vector_of_pairs(quantity);
  changes.trade_value_change = vector_of_pairs(base.trade * (value_ratio - 1));
  changes.importer_price_change =
      vector_of_pairs((base.tariff_final / base.tariff_initial).colwise() * (1 + world_price) - 1);
  changes.tariff_revenue_change = vector_of(revenue.colwise().sum().transpose());
  return changes;
}

void add_welfare(const CesIndustry& industry, CesChanges& changes) {
  for (std::size_t v = 0; v < industry.importers.size(); ++v) {
    double sum = changes.consumer_surplus_change[v] + changes.tariff_revenue_change[v];
    for (std::size_t r = 0; r < industry.exporters.size(); ++r) {
      if (industry.exporters[r] == industry.importers[v]) sum += changes.producer_surplus_change[r];
    }
    changes.net_welfare_change.push_back(sum);
  }
}

/// (exp(k x) - 1) / k, and x for k = 0.
double power_integral(double k, double x) { return k == 0 ? x : std::expm1(k * x) / k; }

}  // namespace

CesChanges solve_ces_equilibrium(const CesIndustry& industry, int most_iterations) {
  const Base base = base_of(industry);
  const VectorXd log_price = equilibrium_prices(industry, base, most_iterations);
  const State state = state_at(base, log_price);
  const auto expm1 = [](double v) { return std::expm1(v); };
  CesChanges changes = accounts(base, log_price.array().unaryExpr(expm1), state.quantity.unaryExpr(expm1));
  changes.supply_quantity_change = vector_of(state.demand.unaryExpr(expm1));
  changes.composite_price_change = vector_of(state.composite_price.unaryExpr(expm1));
  changes.composite_quantity_change = vector_of((base.demand_elasticity * state.composite_price).unaryExpr(expm1));
  for (Index r = 0; r < base.sales.size(); ++r) {
    const double e = base.supply_elasticity(r);
    changes.producer_surplus_change.push_back(std::isinf(e) ? 0 : base.sales(r) * power_integral(1 + e, log_price(r)));
  }
  for (Index v = 0; v < base.spending.size(); ++v) {
    const double k = 1 + base.demand_elasticity(v);
    changes.consumer_surplus_change.push_back(-base.spending(v) * power_integral(k, state.composite_price(v)));
  }
  add_welfare(industry, changes);
  return changes;
}

CesChanges linearise_ces_equilibrium(const CesIndustry& industry) {
  const Base base = base_of(industry);
  CesIndustry unchanged = industry;
  unchanged.tariff_final = unchanged.tariff_initial;
  const State state = state_at(base_of(unchanged), VectorXd::Zero(base.trade.rows()));
  const ArrayXXd tariff_change = base.tariff_final / base.tariff_initial - 1;
  const ArrayXd demand_change =
      (base.destination_share * quantity_response(base, state, tariff_change)).rowwise().sum();
  const VectorXd right = (1 - base.supply_weight) * demand_change;
  const ArrayXd price = solve_linear(industry, jacobian(base, state), right).array();
  const ArrayXXd quantity = quantity_response(base, state, tariff_change.colwise() + price);
  const ArrayXd supply = (base.destination_share * quantity).rowwise().sum();

  CesChanges changes = accounts(base, price, quantity);
  const ArrayXXd importer_price =
      pairs_of(changes.importer_price_change, industry.exporters.size(), industry.importers.size());
  const ArrayXd composite = (base.expenditure_share * importer_price).colwise().sum().transpose();
  changes.supply_quantity_change = vector_of(supply);
  changes.composite_price_change = vector_of(composite);
  changes.composite_quantity_change = vector_of((base.expenditure_share * quantity).colwise().sum().transpose());
  changes.producer_surplus_change = vector_of(base.sales * price * (1 + supply / 2));
  changes.consumer_surplus_change =
      vector_of(-base.spending * (composite + base.demand_elasticity * composite.square() / 2));
  add_welfare(industry, changes);
  return changes;
}

}  // namespace plimsoll
