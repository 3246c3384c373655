#include "models/estimation/own_frame.hpp"

#include <algorithm>
#include <set>

#include "models/calibration_table.hpp"
#include "models/estimation/own_frame_base.hpp"

namespace plimsoll {
namespace {

constexpr int kCellDigits = 6;

class FrameMaker {
 public:
  FrameMaker(const OwnFrameInputs& in, const OwnHistory& h) : in_(in), h_(h), known_on_(to_string(in.days.known_on)) {
    frame_.notes = h.notes;
  }

  OwnFrame make() {
    write_yaml();
    write_sources();
    write_groups("products.csv", h_.products);
    write_groups("markets.csv", h_.markets);
    write_history();
    write_matrix();
    carry_base_tables(in_, h_, frame_);
    return std::move(frame_);
  }

 private:
  const OwnFrameInputs& in_;
  const OwnHistory& h_;
  std::string known_on_;
  OwnFrame frame_;

  TableText base(const std::string& file) const { return table_of(in_.base, in_.base_name, file); }
  void put(const std::string& file, const TableText& table) { frame_.files[file] = table.text(); }

  void write_yaml() {
    const auto line = [](const std::string& key, const std::string& value) { return key + ": " + value + "\n"; };
    std::string order;
    const std::string& yaml = in_.base.at("calibration.yaml");
    const std::size_t at = yaml.find("\nsobol_order:");
    if (at != std::string::npos) order = yaml.substr(at + 1);
    const std::string index = [&] {
      const std::size_t key = yaml.find("\nmemory_index:");
      if (key == std::string::npos) return std::string("boj_usd");
      const std::size_t from = yaml.find_first_not_of(' ', key + 14);
      return yaml.substr(from, yaml.find('\n', from) - from);
    }();
    const std::string as_of = to_string(in_.days.as_of);
    frame_.files["calibration.yaml"] =
        line("plimsoll_calibration", "1") + line("name", in_.name) + "title: {en: \"" + in_.name + ", exports to " +
        as_of + "\", zh: \"" + in_.name + "，出口截至" + as_of + "\"}\n" + line("reporter", "own data") +
        line("as_of", as_of) + line("known_on", known_on_) +
        line("trend_window_from", to_string(in_.days.window_from)) + line("memory_index", index) +
        "note:\n  en: \"Estimated from own trade data; what they do not say is that of " + in_.base_name +
        ". See README.md.\"\n  zh: \"由自有贸易数据估计；数据未涉及的部分取自 " + in_.base_name +
        "，详见 README.md。\"\n" + order;
  }

  void write_sources() {
    TableText t = base("sources.csv");
    std::set<std::string> ids;
    for (std::size_t r = 0; r < t.rows(); ++r) {
      ids.insert(t.at(r, "id"));
      if (t.at(r, "id") != "estimate") continue;
      t.set(r, "title", "Estimated by plimsoll calibrate from the series above");
      t.set(r, "vintage", known_on_);
    }
    if (!ids.contains("estimate"))
      t.add({"estimate", "plimsoll", "Estimated by plimsoll calibrate from the series above", known_on_, ""});
    if (!ids.contains("judgement"))
      t.add({"judgement", "plimsoll", "Judgement, no measurement at hand", known_on_, ""});
    for (const OwnSource& one : in_.sources) {
      std::string note = one.note;
      // A base of own data cites its files under the same name.
      t.keep([&](std::size_t r) {
        if (t.at(r, "id") != one.id) return true;
        note += (note.empty() ? "" : "; ") + ("before them " + t.at(r, "title"));
        return false;
      });
      t.add({one.id, "own data", one.title, one.vintage, note});
    }
    put("sources.csv", t);
  }

  void write_groups(const std::string& file, const std::vector<OwnGroup>& groups) {
    const TableText old = base(file);
    TableText t(old.header());
    std::map<std::string, std::size_t> rows;
    for (std::size_t r = 0; r < old.rows(); ++r) {
      rows[old.at(r, "id")] = r;
    }
    for (const OwnGroup& one : groups) {
      std::vector<std::string> row;
      const auto known = rows.find(one.id);
      for (const std::string& column : old.header()) {
        const bool has = known != rows.end();
        row.push_back(column == "id"         ? one.id
                      : column == "title_en" ? (has ? old.at(known->second, column) : one.title.en)
                      : column == "title_zh" ? (has ? old.at(known->second, column) : one.title.zh)
                      : column == "customs_lines" || column == "members" ? one.lines
                      : column == "hs_codes"                             ? (has ? old.at(known->second, column) : "")
                      : column == "price_split"                          ? (one.quantity ? "quantity" : "imputed")
                      : column == "source"                               ? in_.sources.front().id
                      : column == "kind"                                 ? "data"
                      : column == "known_from"                           ? known_on_
                      : column == "note" && one.residual                 ? "what is left of the total"
                                                                         : "");
      }
      t.add(row);
    }
    put(file, t);
  }

  void write_history() {
    TableText t({"product", "market", "month", "value_usd_bn", "quantity", "quantity_unit", "status", "source", "kind",
                 "known_from", "note"});
    const std::string& own = in_.sources.front().id;
    std::map<Month, std::vector<std::string>> base_rows;
    const TableText old = base("history.csv");
    for (std::size_t r = 0; r < old.rows(); ++r) {
      if (old.at(r, "product") == "all" && old.at(r, "market") == "all")
        base_rows[old.month(r, "month")] = {old.at(r, "status"), old.at(r, "source"), old.at(r, "kind"),
                                            old.at(r, "known_from"), old.at(r, "note")};
    }
    for (Month m = h_.total.from; m <= h_.as_of; m = m + 1) {
      std::vector<std::string> row{"all", "all", to_string(m), decimals(h_.total.at(m), kCellDigits), "", ""};
      const std::vector<std::string> origin = m < h_.own_total_from && base_rows.contains(m)
                                                  ? base_rows.at(m)
                                                  : std::vector<std::string>{"observed", own, "data", known_on_, ""};
      row.insert(row.end(), origin.begin(), origin.end());
      t.add(row);
    }
    const auto add = [&](const std::vector<OwnGroup>& groups, bool product) {
      // Six decimals are kept; the last group closes the month, so that sums hold to rounding.
      std::vector<double> left;
      for (int k = 0; k <= h_.as_of - h_.window_from; ++k)
        left.push_back(rounded(h_.total.at(h_.window_from + k), kCellDigits));
      for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t k = 0; k < left.size(); ++k) {
          const OwnMonth& one = groups[g].months[k];
          const double value = g + 1 == groups.size() ? left[k] : rounded(one.value_usd_bn, kCellDigits);
          left[k] -= value;
          const bool quantity = groups[g].quantity && one.quantity && *one.quantity > 0;
          t.add({product ? groups[g].id : "all", product ? "all" : groups[g].id,
                 to_string(h_.window_from + static_cast<int>(k)), decimals(value, kCellDigits),
                 quantity ? decimals(*one.quantity, kCellDigits) : "", quantity ? groups[g].unit : "", one.status, own,
                 "data", known_on_, ""});
        }
      }
    };
    add(h_.products, true);
    add(h_.markets, false);
    put("history.csv", t);
  }

  void write_matrix() {
    const int year = in_.days.as_of.month() == 12 ? in_.days.as_of.year() : in_.days.as_of.year() - 1;
    const auto year_of = [&](const OwnGroup& group) {
      double sum = 0;
      for (int k = 0; k < 12; ++k)
        sum += group.months[static_cast<std::size_t>(Month::of(year, 1) - h_.window_from + k)].value_usd_bn;
      return sum;
    };
    std::vector<double> rows, columns;
    double total = 0;
    for (const OwnGroup& one : h_.products) {
      rows.push_back(year_of(one));
      total += rows.back();
    }
    for (const OwnGroup& one : h_.markets) columns.push_back(year_of(one));
    std::map<std::pair<std::string, std::string>, double> seeds;
    const TableText old = base("matrix.csv");
    for (std::size_t r = 0; r < old.rows(); ++r)
      seeds[{old.at(r, "product"), old.at(r, "market")}] = old.number(r, "value_usd_bn");
    std::map<std::pair<std::string, std::string>, double> cells;
    for (const ObservedCell& one : h_.cells) cells[{one.product, one.market}] = one.value_usd_bn;
    std::vector<double> seed, observed;
    for (std::size_t p = 0; p < rows.size(); ++p) {
      double of_base = 0;
      for (const OwnGroup& m : h_.markets) {
        const auto place = seeds.find({h_.products[p].id, m.id});
        if (place != seeds.end()) of_base += place->second;
      }
      for (std::size_t m = 0; m < columns.size(); ++m) {
        const std::pair key{h_.products[p].id, h_.markets[m].id};
        const auto place = seeds.find(key);
        // Odds of the base where it knows both; else as if all products went to the same markets.
        seed.push_back(place != seeds.end() ? place->second / of_base * rows[p] : rows[p] * columns[m] / total);
        const auto cell = cells.find(key);
        observed.push_back(cell == cells.end() ? -1 : cell->second);
      }
    }
    const MatrixEstimate fit = estimate_matrix(seed, observed, rows, columns);
    TableText t({"product", "market", "value_usd_bn", "status", "source", "kind", "known_from", "note"});
    for (std::size_t cell = 0; cell < seed.size(); ++cell) {
      const std::string& p = h_.products[cell / columns.size()].id;
      const std::string& m = h_.markets[cell % columns.size()].id;
      const bool seen = fit.observed[cell];
      t.add({p, m, decimals(std::max(fit.values[cell], 1e-6), kCellDigits), seen ? "observed" : "imputed",
             seen ? in_.sources.front().id : "estimate", seen ? "data" : "judgement", known_on_,
             seen                     ? ""
             : seeds.contains({p, m}) ? "odds of " + in_.base_name + ", fitted to the sums of " + std::to_string(year)
                                      : "proportional, fitted to the sums of " + std::to_string(year)});
    }
    put("matrix.csv", t);
  }
};

}  // namespace

OwnFrame make_own_frame(const OwnFrameInputs& inputs, const OwnHistory& history) {
  return FrameMaker(inputs, history).make();
}

}  // namespace plimsoll
