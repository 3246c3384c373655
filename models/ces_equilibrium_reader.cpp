#include "models/ces_equilibrium_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "scenarios/csv.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

enum class Figure { demand, substitution, supply, trade, tariff_initial, tariff_final };

/// One figure of a case: what it is called in each layout, what it belongs to, and its range.
struct Parameter {
  Figure figure;
  std::string regions_name, single_market_name;
  bool by_exporter, by_importer;
  std::string range;

  const std::string& name(EquilibriumLayout layout) const {
    return layout == EquilibriumLayout::regions ? regions_name : single_market_name;
  }
};

const std::array<Parameter, 6>& parameters() {
  static const std::array<Parameter, 6> table{{
      {Figure::demand, "import_demand_elasticity", "total_demand_elasticity", false, true, "a number of at most 0"},
      {Figure::substitution, "substitution_elasticity", "substitution_elasticity", false, true, "a number above 0"},
      {Figure::supply, "export_supply_elasticity", "supply_elasticity", true, false, "a number of at least 0, or inf"},
      {Figure::trade, "trade_value_world_prices", "initial_expenditure", true, true, "a number of at least 0"},
      {Figure::tariff_initial, "tariff_factor_initial", "tariff_factor_initial", true, true,
       "a number above 0: 1 + ad valorem rate"},
      {Figure::tariff_final, "tariff_factor_final", "tariff_factor_final", true, true,
       "a number above 0: 1 + ad valorem rate"},
  }};
  return table;
}

const Parameter& parameter(Figure figure) { return parameters()[static_cast<std::size_t>(figure)]; }

std::optional<double> number_in_range(Figure figure, const std::string& text) {
  if (figure == Figure::supply && text == "inf") return std::numeric_limits<double>::infinity();
  const std::optional<double> value = parse_double(text);
  if (!value) return std::nullopt;
  switch (figure) {
    case Figure::demand: return *value <= 0 ? value : std::nullopt;
    case Figure::supply:
    case Figure::trade: return *value >= 0 ? value : std::nullopt;
    case Figure::substitution:
    case Figure::tariff_initial:
    case Figure::tariff_final: break;
  }
  return *value > 0 ? value : std::nullopt;
}

/// A row, its regions not yet checked against each other.
struct Given {
  double value = 1;
  Place exporter, importer, value_place;
};

struct CaseFigures {
  std::string name;
  Place place;
  std::vector<std::string> exporters, importers;  ///< those with an elasticity, in that order
  std::map<std::tuple<Figure, std::string, std::string>, Given> figures;
};

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : table_(parse_csv(text, file)) {}

  EquilibriumInputs read() {
    check_header();
    std::vector<CaseFigures> cases;
    for (const CsvTable::Row& row : table_.rows) read_row(row, cases);
    if (table_.rows.empty()) problem({table_.file, 1, 1}, "the table has no rows", "", "write one row a figure");
    EquilibriumInputs inputs;
    inputs.layout = layout_;
    for (const CaseFigures& one : cases) {
      check_regions(one);
      inputs.cases.push_back(industry_of(one));
    }
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
    return inputs;
  }

 private:
  void problem(const Place& place, const std::string& what, const std::string& why, const std::string& hint) {
    problems_.push_back(Problem{place, "", what, why, hint});
  }
  static std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                                  const std::string& otherwise) {
    const std::string near = nearest_name(name, known);
    return near.empty() ? otherwise : "did you mean '" + near + "'?";
  }
  Place place(const CsvTable::Row& row, const std::string& column) const {
    return {table_.file, row.line, row.columns[static_cast<std::size_t>(table_.column(column))]};
  }
  const std::string& text(const CsvTable::Row& row, const std::string& column) const {
    return row.fields[static_cast<std::size_t>(table_.column(column))];
  }
  std::string exporter_column() const { return layout_ == EquilibriumLayout::regions ? "exporter" : "supplier"; }

  void check_header() {
    layout_ = table_.column("supplier") >= 0 ? EquilibriumLayout::single_market : EquilibriumLayout::regions;
    std::vector<std::string> columns{"case", "parameter", exporter_column(), "value"};
    if (layout_ == EquilibriumLayout::regions) columns.insert(columns.begin() + 3, "importer");
    const std::string why =
        "the columns are case,parameter,exporter,importer,value or, for a single market, case,parameter,supplier,value";
    for (const std::string& name : columns) {
      if (table_.column(name) < 0)
        problem({table_.file, 1, 1}, "column '" + name + "' is missing", why, "add it to the header");
    }
    for (const std::string& name : table_.header) {
      if (std::find(columns.begin(), columns.end(), name) == columns.end())
        problem({table_.file, 1, 1}, "unknown column '" + name + "'", why, did_you_mean(name, columns, "remove it"));
    }
    // Without its columns a table cannot be read further.
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
  }

  const Parameter* find_parameter(const CsvTable::Row& row) {
    std::vector<std::string> names;
    for (const Parameter& one : parameters()) {
      if (one.name(layout_) == text(row, "parameter")) return &one;
      names.push_back(one.name(layout_));
    }
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    problem(place(row, "parameter"), "unknown parameter '" + text(row, "parameter") + "'", "parameters are " + all,
            did_you_mean(text(row, "parameter"), names, "remove the row"));
    return nullptr;
  }

  /// False, with a problem, when the column is filled and must not be, or the other way round.
  bool check_filled(const CsvTable::Row& row, const std::string& column, bool needed, const std::string& name) {
    const bool filled = !text(row, column).empty();
    if (filled == needed) return true;
    problem(place(row, column), name + (needed ? " needs the " + column : " has no " + column), "",
            needed ? "name the " + column : "leave the field empty");
    return false;
  }

  void read_row(const CsvTable::Row& row, std::vector<CaseFigures>& cases) {
    const std::string& name = text(row, "case");
    if (name.empty()) problem(place(row, "case"), "the case has no name", "", "name it in every row");
    const Parameter* const asked = find_parameter(row);
    if (name.empty() || asked == nullptr) return;
    auto one = std::find_if(cases.begin(), cases.end(), [&](const CaseFigures& c) { return c.name == name; });
    if (one == cases.end()) one = cases.insert(cases.end(), CaseFigures{name, place(row, "case"), {}, {}, {}});

    const bool regions = layout_ == EquilibriumLayout::regions;
    bool placed = check_filled(row, exporter_column(), asked->by_exporter, asked->name(layout_));
    if (regions) placed = check_filled(row, "importer", asked->by_importer, asked->name(layout_)) && placed;
    if (!placed) return;

    Given given;
    const std::string exporter = text(row, exporter_column());
    const std::string importer = regions ? text(row, "importer") : "";
    given.exporter = place(row, exporter_column());
    given.importer = regions ? place(row, "importer") : given.exporter;
    given.value_place = place(row, "value");
    const std::optional<double> value = number_in_range(asked->figure, text(row, "value"));
    if (!value)
      problem(given.value_place, "'" + text(row, "value") + "' is not a valid " + asked->name(layout_),
              "it is " + asked->range, "");
    given.value = value.value_or(1);
    const auto [first, added] = one->figures.try_emplace({asked->figure, exporter, importer}, given);
    if (!added) {
      problem(place(row, "parameter"),
              label(asked->figure, exporter, importer) + " stands twice in case '" + name + "'",
              "first in line " + std::to_string(first->second.value_place.line), "keep one of them");
    } else if (asked->figure == Figure::supply) {
      one->exporters.push_back(exporter);
    } else if (asked->figure == Figure::demand) {
      one->importers.push_back(importer);
    }
  }

  std::string label(Figure figure, const std::string& exporter, const std::string& importer) const {
    std::string text = parameter(figure).name(layout_);
    if (!exporter.empty()) text += " of '" + exporter + "'";
    if (!importer.empty()) text += (exporter.empty() ? " of '" : " in '") + importer + "'";
    return text;
  }

  /// Every region that a row names has its elasticity.
  void check_regions(const CaseFigures& one) {
    const auto check = [&](const std::string& name, const std::vector<std::string>& known, const Place& at,
                           Figure figure) {
      if (std::find(known.begin(), known.end(), name) != known.end()) return;
      problem(at, "'" + name + "' has no " + parameter(figure).name(layout_) + " in case '" + one.name + "'",
              "a region is known by its elasticity", did_you_mean(name, known, "add a row for it"));
    };
    for (const auto& [key, given] : one.figures) {
      const auto& [figure, exporter, importer] = key;
      if (parameter(figure).by_exporter) check(exporter, one.exporters, given.exporter, Figure::supply);
      if (parameter(figure).by_importer && !importer.empty())
        check(importer, one.importers, given.importer, Figure::demand);
    }
    if (one.exporters.empty())
      problem(one.place, "case '" + one.name + "' has no " + parameter(Figure::supply).name(layout_), "",
              "add a row for every " + exporter_column());
    if (one.importers.empty())
      problem(one.place, "case '" + one.name + "' has no " + parameter(Figure::demand).name(layout_), "",
              "add a row for it");
  }

  double figure(const CaseFigures& one, Figure figure, const std::string& exporter, const std::string& importer,
                std::optional<double> otherwise = std::nullopt) {
    const auto found = one.figures.find({figure, exporter, importer});
    if (found != one.figures.end()) return found->second.value;
    if (!otherwise) {
      problem(one.place, label(figure, exporter, importer) + " is missing in case '" + one.name + "'",
              figure == Figure::trade ? "every pair needs one; 0 where there is no trade" : "", "add a row for it");
    }
    return otherwise.value_or(1);
  }

  CesIndustry industry_of(const CaseFigures& one) {
    CesIndustry industry;
    industry.name = one.name;
    industry.exporters = one.exporters;
    industry.importers = one.importers;
    for (const std::string& importer : one.importers) {
      industry.import_demand_elasticity.push_back(figure(one, Figure::demand, "", importer));
      industry.substitution_elasticity.push_back(figure(one, Figure::substitution, "", importer));
    }
    std::vector<double> sales(one.exporters.size()), purchases(one.importers.size());
    for (std::size_t r = 0; r < one.exporters.size(); ++r) {
      const std::string& exporter = one.exporters[r];
      industry.export_supply_elasticity.push_back(figure(one, Figure::supply, exporter, ""));
      for (std::size_t v = 0; v < one.importers.size(); ++v) {
        const std::string& importer = one.importers[v];
        double trade = figure(one, Figure::trade, exporter, importer);
        const std::optional<double> unused = trade == 0 ? std::optional<double>(1) : std::nullopt;
        const double initial = figure(one, Figure::tariff_initial, exporter, importer, unused);
        // A single market's expenditure is what buyers pay, tariff included.
        if (layout_ == EquilibriumLayout::single_market) trade /= initial;
        industry.trade.push_back(trade);
        industry.tariff_initial.push_back(initial);
        industry.tariff_final.push_back(figure(one, Figure::tariff_final, exporter, importer, unused));
        sales[r] += trade;
        purchases[v] += trade;
      }
    }
    for (std::size_t r = 0; r < sales.size() && !one.importers.empty(); ++r) {
      if (sales[r] == 0) refuse_idle(one, Figure::supply, one.exporters[r], "", "sells nothing in");
    }
    for (std::size_t v = 0; v < purchases.size() && !one.exporters.empty(); ++v) {
      if (purchases[v] == 0) refuse_idle(one, Figure::demand, "", one.importers[v], "buys nothing in");
    }
    return industry;
  }

  void refuse_idle(const CaseFigures& one, Figure figure, const std::string& exporter, const std::string& importer,
                   const std::string& does) {
    const Given& given = one.figures.at({figure, exporter, importer});
    const std::string who = exporter + importer;
    problem(figure == Figure::supply ? given.exporter : given.importer,
            (who.empty() ? "the market" : "'" + who + "'") + " " + does + " case '" + one.name + "'",
            "its price would be undefined", "leave it out of the case, or add its trade");
  }

  CsvTable table_;
  EquilibriumLayout layout_ = EquilibriumLayout::regions;
  std::vector<Problem> problems_;
};

}  // namespace

EquilibriumInputs parse_equilibrium_inputs(const std::string& text, const std::string& file) {
  return Reader(text, file).read();
}

EquilibriumInputs read_equilibrium_inputs(const std::string& file) {
  const auto refuse = [&](const std::string& what, const std::string& hint) {
    throw InputError(InputKind::data, {Problem{Place{file}, "", what, "", hint}});
  };
  std::error_code error;
  if (!std::filesystem::exists(file, error)) refuse("there is no such file", "name a CSV file of inputs");
  if (std::filesystem::is_directory(file, error)) refuse("it is a folder", "name a CSV file of inputs");
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(std::string("cannot read it: ") + std::strerror(errno), "check its permissions");
  return parse_equilibrium_inputs(std::string(std::istreambuf_iterator<char>(in), {}), file);
}

}  // namespace plimsoll
