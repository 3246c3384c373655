// UN Comtrade as its CSV downloads are: one row for each reporter, partner, flow, code and period; values in USD.
#include <algorithm>
#include <map>

#include "models/trade_file.hpp"
#include "models/trade_period.hpp"
#include "models/trade_units.hpp"

namespace plimsoll {
namespace {

constexpr double kUsdOfBn = 1e9;

class ComtradeReader {
 public:
  explicit ComtradeReader(const TradeRows& rows) : rows_(rows) {
    const CsvTable::Row& head = rows.rows.front();
    for (std::size_t c = 0; c < head.fields.size(); ++c) at_.emplace(folded(head.fields[c]), static_cast<int>(c));
  }

  TradeFile read() {
    TradeFile file{rows_.file, "comtrade", "USD", {}, {}};
    for (const char* needed : {"partnerDesc", "cmdCode", "period", "primaryValue"}) {
      if (column(needed) < 0)
        rows_.problem({rows_.file, 1, 1}, std::string("there is no column '") + needed + "'",
                      "a UN Comtrade file has reporterDesc, flowCode, partnerDesc, cmdCode, period, primaryValue",
                      "download it with these columns");
    }
    if (!rows_.problems.empty()) return file;
    for (std::size_t r = 1; r < rows_.rows.size(); ++r) read_row(rows_.rows[r], file);
    return file;
  }

 private:
  const TradeRows& rows_;
  std::map<std::string, int> at_;
  std::string reporter_;

  int column(const std::string& name) const {
    const auto place = at_.find(folded(name));
    return place == at_.end() ? -1 : place->second;
  }
  std::string text(const CsvTable::Row& row, const std::string& name) const { return field(row, column(name)); }
  std::size_t index(const std::string& name) const { return static_cast<std::size_t>(std::max(0, column(name))); }

  bool read_flow(const CsvTable::Row& row, TradeFigure& figure) {
    const std::string code = folded(text(row, "flowCode")), words = folded(text(row, "flowDesc"));
    if (code == "x" || words == "export") figure.flow = kExports;
    if (code == "m" || words == "import") figure.flow = kImports;
    if (code.empty() && words.empty()) figure.flow = kExports;
    if (!figure.flow.empty()) return true;
    rows_.problem(rows_.place(row, index(code.empty() ? "flowDesc" : "flowCode")),
                  "flow '" + (code.empty() ? words : code) + "' is neither exports nor imports",
                  "re-exports and re-imports are parts of these: they would count twice",
                  "download flows X and M only");
    return false;
  }

  void read_row(const CsvTable::Row& row, TradeFile& file) {
    TradeFigure figure;
    figure.place = rows_.place(row, 0);
    if (!read_flow(row, figure)) return;
    const std::string reporter = text(row, "reporterDesc");
    if (reporter_.empty()) reporter_ = reporter;
    if (reporter != reporter_)
      return rows_.problem(rows_.place(row, index("reporterDesc")),
                           "reporters '" + reporter_ + "' and '" + reporter + "' stand in one table",
                           "contributions are of one country's trade", "give one reporter a file");
    const std::string partner = text(row, "partnerDesc"), code = text(row, "cmdCode");
    if (folded(partner) != "world") figure.market = partner;
    if (folded(code) != "total") figure.product = "HS " + code;
    const std::optional<DataPeriod> months = parse_data_months(text(row, "period"));
    if (!months)
      return rows_.problem(rows_.place(row, index("period")), "'" + text(row, "period") + "' is no period", "",
                           "UN Comtrade writes 202605 or 2025");
    figure.first = months->first;
    figure.last = months->last;
    const std::size_t before = rows_.problems.size();
    const std::optional<double> value = rows_.figure(row, index("primaryValue"), "primaryValue");
    read_quantity(row, figure);
    if (rows_.problems.size() > before) return;
    if (!value)
      return rows_.problem(rows_.place(row, index("primaryValue")), "the value is missing", "a row states one value",
                           "leave the row out");
    figure.value_bn = *value / kUsdOfBn;
    file.figures.push_back(figure);
  }

  /// Net weight goes first: it exists for most codes and adds up over partners.
  void read_quantity(const CsvTable::Row& row, TradeFigure& figure) {
    if (column("netWgt") >= 0) figure.quantity = rows_.figure(row, index("netWgt"), "netWgt");
    if (figure.quantity && *figure.quantity > 0) {
      figure.quantity_unit = "kg";
      return;
    }
    figure.quantity.reset();
    if (column("qty") < 0) return;
    const std::optional<double> count = rows_.figure(row, index("qty"), "qty");
    figure.quantity_unit = text(row, "qtyUnitAbbr");
    if (count && *count > 0 && figure.quantity_unit != "N/A") figure.quantity = count;
  }
};

}  // namespace

TradeFile read_comtrade(const TradeRows& rows) { return ComtradeReader(rows).read(); }

}  // namespace plimsoll
