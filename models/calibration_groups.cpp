// Tables that name things: sources, products, markets, sets.
#include <algorithm>

#include "models/calibration_draft.hpp"

namespace plimsoll {

const std::string& CalibrationDraft::text(const std::string& file) const {
  const auto place = files.find(file);
  if (place == files.end()) {
    throw data_error(problem_at(
        {path(file), 0, 0}, "", "the file is missing",
        file.starts_with("import_") ? "the import tables come together" : "every calibration has this file", "add it"));
  }
  return place->second;
}

CalibrationTable CalibrationDraft::table(const std::string& file, const std::vector<std::string>& columns) {
  return {path(file), text(file), with(with(with(with(columns, "source"), "kind"), "known_from"), "note"), checks};
}

std::vector<std::string> CalibrationDraft::product_ids() const {
  std::vector<std::string> ids;
  for (const Product& p : c.products) ids.push_back(p.id);
  return ids;
}

std::vector<std::string> CalibrationDraft::market_ids() const {
  std::vector<std::string> ids;
  for (const Market& m : c.markets) ids.push_back(m.id);
  return ids;
}

std::vector<std::string> CalibrationDraft::import_product_ids() const {
  std::vector<std::string> ids;
  for (const Product& p : c.imports.products) ids.push_back(p.id);
  return ids;
}

std::vector<std::string> with(std::vector<std::string> ids, const std::string& extra) {
  ids.push_back(extra);
  return ids;
}

void read_sources(CalibrationDraft& draft) {
  // Sources are what the others refer to, so this table has no source columns of its own.
  const CalibrationTable t{draft.path("sources.csv"),
                           draft.text("sources.csv"),
                           {"id", "publisher", "title", "vintage", "note"},
                           draft.checks};
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& id = t.text(r, "id");
    if (id.empty()) t.problem(r, "id", "the id is empty", "", "give the source a name");
    if (!draft.checks.sources.insert(id).second)
      t.problem(r, "id", "source '" + id + "' stands twice", "", "keep one row");
  }
}

void check_id(const CalibrationTable& t, std::size_t row, bool known) {
  const std::string& id = t.text(row, "id");
  if (known) t.problem(row, "id", "'" + id + "' stands twice", "", "keep one row");
  if (id.empty() || id == "all")
    t.problem(row, "id", "'" + id + "' cannot be an id", "`all` stands for every group", "rename it");
}

void read_groups(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable products = draft.table(
      "products.csv", {"id", "title_en", "title_zh", "customs_lines", "hs_codes", "share_of", "price_split"});
  for (std::size_t r = 0; r < products.rows(); ++r) {
    products.choice(r, "price_split", {"quantity", "imputed"});
    check_id(products, r, c.product_index(products.text(r, "id")) >= 0);
    c.products.push_back({.id = products.text(r, "id"),
                          .title = {products.text(r, "title_en"), products.text(r, "title_zh")},
                          .quantity_printed = products.text(r, "price_split") == "quantity"});
  }
  const CalibrationTable markets = draft.table("markets.csv", {"id", "title_en", "title_zh", "members"});
  for (std::size_t r = 0; r < markets.rows(); ++r) {
    check_id(markets, r, c.market_index(markets.text(r, "id")) >= 0);
    c.markets.push_back(
        {.id = markets.text(r, "id"), .title = {markets.text(r, "title_en"), markets.text(r, "title_zh")}});
  }
  if (c.products.empty()) products.problem("there is no product", "", "add one");
  if (c.markets.empty()) markets.problem("there is no market", "", "add one");
}

void read_sets(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t = draft.table("sets.csv", {"set", "dimension", "member", "weight_frac"});
  static const std::vector<std::string> kDimensions{"product", "market", "import_product"};
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& id = t.text(r, "set");
    if (id.empty() || id == "all" || c.product_index(id) >= 0 || c.market_index(id) >= 0 ||
        c.imports.product_index(id) >= 0) {
      t.problem(r, "set", "'" + id + "' cannot be the name of a set", "a name means one thing", "choose another name");
    }
    if (!t.choice(r, "dimension", kDimensions)) continue;
    const std::string& name = t.text(r, "dimension");
    const auto dimension = name == "product"  ? NamedSet::Dimension::product
                           : name == "market" ? NamedSet::Dimension::market
                                              : NamedSet::Dimension::import_product;
    const double weight = t.share(r, "weight_frac");
    if (!t.choice(r, "member",
                  name == "product"  ? draft.product_ids()
                  : name == "market" ? draft.market_ids()
                                     : draft.import_product_ids()))
      continue;
    // A set of export products and one of import products may share an id: the two sides of a balance.
    std::vector<NamedSet>& sets = dimension == NamedSet::Dimension::import_product ? c.imports.sets : c.sets;
    auto set = std::find_if(sets.begin(), sets.end(), [&](const NamedSet& s) { return s.id == id; });
    if (set == sets.end()) set = sets.insert(sets.end(), {id, dimension, {}});
    if (set->dimension != dimension) {
      t.problem(r, "dimension", "set '" + id + "' mixes products and markets", "", "use two sets");
    }
    if (!set->weight_frac.emplace(t.text(r, "member"), weight).second) {
      t.problem(r, "member", "member '" + t.text(r, "member") + "' stands twice in set '" + id + "'", "",
                "keep one row");
    }
  }
}

void read_hs_codes(CalibrationDraft& draft) {
  if (draft.files.count("hs_codes.csv") == 0) return;
  const CalibrationTable t = draft.table("hs_codes.csv", {"dimension", "hs_code", "member", "weight_frac"});
  std::vector<NamedSet>& codes = draft.c.hs_codes;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& code = t.text(r, "hs_code");
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (code.size() != 2 && code.size() != 4 && code.size() != 6))
      t.problem(r, "hs_code", "'" + code + "' is no customs code", "codes have 2, 4 or 6 digits", "write e.g. 854232");
    const double weight = t.share(r, "weight_frac");
    if (!t.choice(r, "dimension", {"product", "import_product"})) continue;
    const bool of_imports = t.text(r, "dimension") == "import_product";
    if (!t.choice(r, "member", of_imports ? draft.import_product_ids() : draft.product_ids())) continue;
    const auto dimension = of_imports ? NamedSet::Dimension::import_product : NamedSet::Dimension::product;
    auto place = std::find_if(codes.begin(), codes.end(),
                              [&](const NamedSet& s) { return s.id == code && s.dimension == dimension; });
    if (place == codes.end()) place = codes.insert(codes.end(), {code, dimension, {}});
    if (!place->weight_frac.emplace(t.text(r, "member"), weight).second)
      t.problem(r, "member", "member '" + t.text(r, "member") + "' of " + code + " stands twice", "", "keep one row");
  }
}

void read_other_files(CalibrationDraft& draft) {
  static const std::vector<std::string> kFiles{
      "calibration.yaml", "correlations.csv", "declared_drivers.csv", "hs_codes.csv",         "drivers.csv",
      "history.csv",      "loadings.csv",     "lunar_new_year.csv",   "markets.csv",          "matrix.csv",
      "parameters.csv",   "prior_groups.csv", "products.csv",         "residual_factors.csv", "residual_loadings.csv",
      "seasonal.csv",     "sets.csv",         "sources.csv",          "tariffs.csv"};
  static const std::vector<std::string> kImportFiles{"import_history.csv",        "import_loadings.csv",
                                                     "import_lunar_new_year.csv", "import_parameters.csv",
                                                     "import_products.csv",       "import_seasonal.csv"};
  const auto among = [](const std::vector<std::string>& names, const std::string& file) {
    return std::find(names.begin(), names.end(), file) != names.end();
  };
  for (const auto& [file, bytes] : draft.files) {
    if (among(kFiles, file)) continue;
    const bool of_suppliers = file == "supplier_shares.csv" || file == "armington_parameters.csv";
    if (of_suppliers && draft.has_suppliers()) continue;
    const bool of_imports = among(kImportFiles, file);
    if (of_imports && draft.has_imports()) continue;
    const std::string near = nearest_name(file, draft.has_imports() ? kImportFiles : kFiles);
    draft.problems.push_back(problem_at({draft.path(file), 0, 0}, "", "nothing reads this file",
                                        of_imports     ? "the import tables come together"
                                        : of_suppliers ? "it comes with the shares of suppliers"
                                                       : "a calibration holds no unused tables",
                                        of_imports     ? "add import_products.csv"
                                        : of_suppliers ? "add supplier_shares.csv"
                                        : near.empty() ? "remove it"
                                                       : "did you mean '" + near + "'?"));
  }
  if (draft.files.count("prior_groups.csv") == 0) return;
  const CalibrationTable priors = draft.table("prior_groups.csv", {"product", "prior_group"});
  for (std::size_t r = 0; r < priors.rows(); ++r) priors.choice(r, "product", draft.product_ids());
}

}  // namespace plimsoll
