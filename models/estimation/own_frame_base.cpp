#include "models/estimation/own_frame_base.hpp"

#include <set>

#include "models/estimation/own_imports.hpp"

namespace plimsoll {
namespace {

/// Groups that the base does not know take the priors of these.
const std::string kTemplateProduct = "other", kTemplateMarket = "rest_of_world";

class BaseCarrier {
 public:
  BaseCarrier(const OwnFrameInputs& in, const OwnHistory& h, OwnFrame& frame)
      : in_(in), h_(h), known_on_(to_string(in.days.known_on)), frame_(frame) {
    for (const OwnGroup& one : h.products) products_.insert(one.id);
    for (const OwnGroup& one : h.markets) markets_.insert(one.id);
    products_of_base_ = ids_of("products.csv");
    markets_of_base_ = ids_of("markets.csv");
  }

  void carry() {
    imports_ = !in_.own_imports && carry_base_imports(in_, h_, frame_);
    for (const char* file : {"drivers.csv", "correlations.csv", "lunar_new_year.csv"})
      frame_.files[file] = base(file).text();
    for (const char* file : {"sets.csv", "hs_codes.csv"}) filter_members(file);
    filter("prior_groups.csv", "product", "");
    filter("tariffs.csv", "product", "market");
    write_loadings();
    write_parameters();
    carry_suppliers();
    carry_plan();
  }

 private:
  const OwnFrameInputs& in_;
  const OwnHistory& h_;
  std::string known_on_;
  OwnFrame& frame_;
  std::set<std::string> products_, markets_, products_of_base_, markets_of_base_;
  bool imports_ = false;

  bool base_has(const std::string& file) const { return in_.base.contains(file); }
  TableText base(const std::string& file) const { return table_of(in_.base, in_.base_name, file); }
  void put(const std::string& file, const TableText& table) { frame_.files[file] = table.text(); }
  bool has_product(const std::string& id) const { return id.empty() || id == "all" || products_.contains(id); }
  bool has_market(const std::string& id) const { return id.empty() || id == "all" || markets_.contains(id); }
  std::set<std::string> ids_of(const std::string& file) const {
    const TableText t = base(file);
    std::set<std::string> ids;
    for (std::size_t r = 0; r < t.rows(); ++r) ids.insert(t.at(r, "id"));
    return ids;
  }

  void filter(const std::string& file, const std::string& product, const std::string& market) {
    if (!base_has(file)) return;
    TableText t = base(file);
    t.keep([&](std::size_t r) {
      return (product.empty() || has_product(t.at(r, product))) && (market.empty() || has_market(t.at(r, market)));
    });
    put(file, t);
  }

  void filter_members(const std::string& file) {
    if (!base_has(file)) return;
    TableText t = base(file);
    const bool sets = t.has("set");
    t.keep([&](std::size_t r) {
      if (sets && (products_.contains(t.at(r, "set")) || markets_.contains(t.at(r, "set")))) return false;
      const std::string& dimension = t.at(r, "dimension");
      return dimension == "product"  ? products_.contains(t.at(r, "member"))
             : dimension == "market" ? markets_.contains(t.at(r, "member"))
                                     : imports_;
    });
    put(file, t);
  }

  void write_loadings() {
    TableText t = base("loadings.csv");
    TableText extra = t;
    t.keep([&](std::size_t r) { return has_product(t.at(r, "product")) && has_market(t.at(r, "market")); });
    for (const OwnGroup& market : h_.markets) {
      if (markets_of_base_.contains(market.id)) continue;
      for (std::size_t r = 0; r < extra.rows(); ++r) {
        if (extra.at(r, "market") != kTemplateMarket || extra.at(r, "product") != "all") continue;
        std::vector<std::string> row;
        for (const std::string& column : extra.header())
          row.push_back(column == "market"       ? market.id
                        : column == "kind"       ? "judgement"
                        : column == "known_from" ? known_on_
                        : column == "note"       ? "as for " + kTemplateMarket
                                                 : extra.at(r, column));
        t.add(row);
      }
    }
    put("loadings.csv", t);
  }

  void write_parameters() {
    const TableText old = base("parameters.csv");
    TableText t(old.header());
    const auto add_for = [&](std::size_t r, const char* dimension, const std::string& id, const std::string& from) {
      std::vector<std::string> row;
      for (const std::string& column : old.header())
        row.push_back(column == dimension      ? id
                      : column == "kind"       ? "judgement"
                      : column == "known_from" ? known_on_
                      : column == "note"       ? "as for " + from
                                               : old.at(r, column));
      t.add(row);
    };
    for (std::size_t r = 0; r < old.rows(); ++r) {
      const std::string &product = old.at(r, "product"), &market = old.at(r, "market");
      if (has_product(product) && has_market(market)) {
        std::vector<std::string> row;
        for (const std::string& column : old.header()) row.push_back(old.at(r, column));
        t.add(row);
      }
      if (product == kTemplateProduct) {
        for (const OwnGroup& one : h_.products) {
          if (!products_of_base_.contains(one.id)) add_for(r, "product", one.id, kTemplateProduct);
        }
      }
      if (market == kTemplateMarket) {
        for (const OwnGroup& one : h_.markets) {
          if (!markets_of_base_.contains(one.id)) add_for(r, "market", one.id, kTemplateMarket);
        }
      }
    }
    put("parameters.csv", t);
  }

  void carry_suppliers() {
    if (!base_has("supplier_shares.csv")) return;
    const TableText t = base("supplier_shares.csv");
    std::set<std::pair<std::string, std::string>> cells;
    bool inside = true;
    for (std::size_t r = 0; r < t.rows(); ++r) {
      cells.insert({t.at(r, "product"), t.at(r, "market")});
      const int year = static_cast<int>(t.number(r, "year"));
      inside = inside && Month::of(year, 1) >= in_.days.window_from && Month::of(year, 12) <= in_.days.as_of;
    }
    for (const OwnGroup& p : h_.products) {
      for (const OwnGroup& m : h_.markets) inside = inside && cells.contains({p.id, m.id});
    }
    if (!inside) {
      frame_.notes.emplace_back(
          "supplier shares are left out, as the base has none of some groups: armington_ces is not available");
      return;
    }
    filter("supplier_shares.csv", "product", "market");
    filter("armington_parameters.csv", "product", "market");
  }

  /// What people judged for the estimation, as far as it fits the new groups.
  void carry_plan() {
    const std::string folder = "estimation/";
    for (const char* file : {"memory_upswings.csv", "settings.csv", "components.csv", "offsets.csv"}) {
      if (!base_has(folder + file)) continue;
      TableText t = base(folder + file);
      if (t.has("setting")) {
        t.keep([&](std::size_t r) {
          return t.at(r, "setting") != "released_periods" && t.at(r, "setting") != "forecast_errors" &&
                 (t.at(r, "setting") != "explicit_import_driver_sd_pp" || imports_ || in_.own_imports);
        });
        t.add({"forecast_errors", "", "expanding_fit", "judgement", "judgement", known_on_, ""});
      }
      if (t.has("dimension")) {
        t.keep([&](std::size_t r) {
          return t.at(r, "dimension") == "product" ? has_product(t.at(r, "id")) : has_market(t.at(r, "id"));
        });
        for (std::size_t r = 0; r < t.rows(); ++r) {  // own figures speak for themselves
          t.set(r, "series", t.at(r, "id"));
          t.set(r, "noise", "own");
        }
      }
      put(folder + file, t);
    }
  }
};

}  // namespace

void carry_base_tables(const OwnFrameInputs& inputs, const OwnHistory& history, OwnFrame& frame) {
  BaseCarrier(inputs, history, frame).carry();
}

}  // namespace plimsoll
