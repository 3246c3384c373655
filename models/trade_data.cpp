#include "models/trade_data.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "models/trade_slips.hpp"
#include "models/trade_units.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// Products and markets of one total differ by rounding only.
constexpr double kTotalsAgree = 0.005;

class Joiner {
 public:
  Joiner(const std::vector<TradeFile>& files, std::string flow) : files_(files) { data_.flow = std::move(flow); }

  TradeData join() {
    read_files();
    if (printed_ == 0)
      throw InputError(InputKind::data, {{{files_.front().file, 0, 0},
                                          "",
                                          "there are no figures of " + data_.flow,
                                          "its rows are of " + other_flow() + " alone",
                                          "give a file with rows of " + data_.flow + " too"}});
    sum_cells(&TradeFigure::product, products_);
    sum_cells(&TradeFigure::market, markets_);
    data_.products = in_printed_order(products_);
    data_.markets = in_printed_order(markets_);
    data_.total = total_;
    check_lines();
    fail_on_problems();
    check_totals();
    fail_on_problems();
    return std::move(data_);
  }

 private:
  using Lines = std::map<std::string, TradeLine>;  ///< by folded name
  const std::vector<TradeFile>& files_;
  TradeData data_;
  Lines products_, markets_, cells_;
  std::map<std::string, TradeFigure> cell_names_;
  TradeLine total_;
  int printed_ = 0;
  std::vector<Problem> problems_;

  void fail_on_problems() const {
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
  }
  std::string other_flow() const { return data_.flow == kExports ? kImports : kExports; }
  std::string label(const TradeLine& line) const { return line.name.empty() ? "total " + data_.flow : line.name; }

  /// As the files have them: an `of which` belongs to the line above it.
  std::vector<TradeLine> in_printed_order(const Lines& lines) const {
    std::vector<TradeLine> ordered;
    for (const auto& [name, line] : lines) ordered.push_back(line);
    const auto file = [&](const TradeLine& line) {
      return std::find_if(files_.begin(), files_.end(),
                          [&](const TradeFile& one) { return one.file == line.place.file; });
    };
    std::stable_sort(ordered.begin(), ordered.end(), [&](const TradeLine& a, const TradeLine& b) {
      return std::pair(file(a), a.place.line) < std::pair(file(b), b.place.line);
    });
    return ordered;
  }

  void read_files() {
    data_.currency = files_.front().currency;
    for (const TradeFile& file : files_) {
      if (file.currency != data_.currency)
        problems_.push_back(
            {{file.file, 0, 0},
             "",
             "values are in " + file.currency + ", those of " + files_.front().file + " in " + data_.currency,
             "growth in the two differs by the exchange rate",
             "give files of one currency"});
      data_.notes.insert(data_.notes.end(), file.notes.begin(), file.notes.end());
      for (const TradeFigure& figure : file.figures) {
        if (figure.flow == data_.flow) add(figure, file.layout);
      }
    }
    fail_on_problems();
  }

  void add(const TradeFigure& figure, const std::string& layout) {
    ++printed_;
    const bool product = !figure.product.empty(), market = !figure.market.empty();
    std::string name = product ? figure.product : figure.market;
    if (product && market) name += " / " + figure.market;
    Lines& lines = product && market ? cells_ : product ? products_ : markets_;
    const std::string id = folded(figure.product) + "/" + folded(figure.market);
    TradeLine& line = product || market ? lines[product && market ? id : folded(name)] : total_;
    if (product && market) cell_names_[id] = figure;
    if (line.printed.empty()) {
      line.name = name;
      line.place = figure.place;
    }
    put(line, figure, layout);
  }

  void put(TradeLine& line, const TradeFigure& figure, const std::string& layout) {
    TradeLine::Printed printed{figure.value_bn, std::nullopt, figure.place, layout};
    if (figure.quantity) {
      const QuantityUnit unit = quantity_unit(figure.quantity_unit);
      const bool first = std::none_of(line.printed.begin(), line.printed.end(),
                                      [](const auto& one) { return one.second.quantity.has_value(); });
      if (first) line.unit = unit.base;
      if (unit.base != line.unit)
        return problems_.push_back({figure.place, "",
                                    label(line) + ": quantities in '" + unit.base + "' and in '" + line.unit + "'",
                                    "a unit value needs one unit", "state one unit, or leave the quantities out"});
      printed.quantity = *figure.quantity * unit.factor;
    }
    const auto [at, fresh] = line.printed.emplace(std::pair{figure.first, figure.last}, printed);
    if (fresh) return;
    const bool same = at->second.place.file != figure.place.file && at->second.value_bn == figure.value_bn;
    if (same) return;
    const bool one_file = at->second.place.file == figure.place.file;
    problems_.push_back(
        {figure.place, "",
         label(line) + ": " + to_string(figure.first) +
             (figure.last == figure.first ? "" : ".." + to_string(figure.last)) + " stands twice, first in " +
             to_string(at->second.place) +
             (one_file ? ""
                       : ": " + shortest(at->second.value_bn) + " bn there, " + shortest(figure.value_bn) + " bn here"),
         one_file ? "each month of a line stands once" : "files of different vintages are not mixed",
         one_file ? "remove one of the rows" : "keep the table that was published later"});
  }

  /// Lines of one side as sums over the other, where they do not stand themselves.
  void sum_cells(std::string TradeFigure::*side, Lines& lines) {
    if (cells_.empty()) return;
    if (!lines.empty()) return note_lonely_cells(side, lines);
    std::map<std::string, std::set<std::pair<Month, Month>>> split;  // quantities that do not cover a sum
    for (const auto& [id, cell] : cells_) {
      const std::string& name = cell_names_.at(id).*side;
      TradeLine& line = lines[folded(name)];
      if (line.name.empty()) {
        line.name = name;
        line.place = cell.place;
        line.unit = cell.unit;
      }
      for (const auto& [span, figure] : cell.printed) {
        const auto [at, fresh] = line.printed.emplace(span, figure);
        if (!fresh) {
          at->second.value_bn += figure.value_bn;
          if (at->second.quantity && figure.quantity) *at->second.quantity += *figure.quantity;
        }
        if (!figure.quantity || cell.unit != line.unit) split[folded(name)].insert(span);
      }
    }
    for (const auto& [name, spans] : split) {
      for (const auto& span : spans) lines[name].printed[span].quantity.reset();
    }
  }

  /// Cells that no line of their own covers: their sum need not be all trade of that name, so it is no line.
  void note_lonely_cells(std::string TradeFigure::*side, const Lines& lines) {
    std::set<std::string> names;
    for (const auto& [id, figure] : cell_names_) {
      if (!lines.contains(folded(figure.*side))) names.insert(figure.*side);
    }
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    if (!text.empty())
      data_.notes.push_back("rows of product and market together are not counted, as others have lines of their own: " +
                            text);
  }

  void check_lines() {
    std::vector<TradeLine*> all;
    if (!data_.total.printed.empty()) all.push_back(&data_.total);
    for (auto* lines : {&data_.products, &data_.markets}) {
      for (TradeLine& line : *lines) all.push_back(&line);
    }
    std::set<Month> covered;
    for (const TradeLine* line : all) {
      for (const Month m : line->covered()) covered.insert(m);
    }
    const std::vector<Month> months(covered.begin(), covered.end());
    data_.first = months.front();
    data_.last = months.back();
    for (TradeLine* line : all) {
      join_spans(*line, label(*line), problems_);
      find_slips(*line, label(*line), problems_);
      find_gaps(*line, label(*line), months, problems_);
    }
    for (auto& [id, cell] : cells_) {
      join_spans(cell, cell.name, problems_);
      find_slips(cell, cell.name, problems_);
      // UN Comtrade leaves out rows without trade.
      if (cell.printed.begin()->second.layout == "tidy") find_gaps(cell, cell.name, months, problems_);
    }
  }

  /// No total printed: lines add up to it, and then products and markets have to agree.
  void check_totals() {
    data_.total_from = "printed";
    if (!data_.total.printed.empty()) return;
    const auto sum = [](const auto& lines) {
      TradeLine total;
      for (const auto& line : lines) {
        for (const auto& [span, figure] : line.printed) {
          const auto [at, fresh] =
              total.printed.emplace(span, TradeLine::Printed{0, std::nullopt, figure.place, figure.layout});
          at->second.value_bn += figure.value_bn;
          if (fresh && total.printed.size() == 1) total.place = figure.place;
        }
      }
      return total;
    };
    const TradeLine products = sum(data_.products), markets = sum(data_.markets);
    if (!data_.products.empty() && !data_.markets.empty() && cells_.empty()) {
      for (const auto& [span, figure] : products.printed) {
        const auto other = markets.printed.find(span);
        if (other == markets.printed.end()) continue;
        const double gap = std::abs(other->second.value_bn - figure.value_bn);
        if (gap <= kTotalsAgree * std::max(other->second.value_bn, figure.value_bn)) continue;
        problems_.push_back({figure.place, "",
                             "products of " + to_string(span.second) + " add up to " + shortest(figure.value_bn) +
                                 " bn, markets to " + shortest(other->second.value_bn) + " bn",
                             "without a total it is not known which of them is all trade",
                             "add rows of the total: product and market empty, or a market 'World'"});
        return;
      }
    }
    data_.total_from = data_.products.empty() ? "markets" : "products";
  }
};

}  // namespace

TradeData join_trade_files(const std::vector<TradeFile>& files, const std::string& flow) {
  return Joiner(files, flow).join();
}

}  // namespace plimsoll
