#include <algorithm>
#include <cmath>

#include "outputs/decomposition_tables.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

constexpr int kShortestName = 34, kLongestName = 46, kValue = 11, kFigure = 9;

std::string figure(const std::optional<double>& value, int decimals = 1) {
  return right_aligned(value ? signed_fixed(*value, decimals) : "-", kFigure);
}

class Table {
 public:
  Table(const Decomposition& all, const Labels& labels, const TerminalStyle& style)
      : all_(all), l_(labels), style_(style) {
    for (const DecomposedPeriod& one : all.periods) {
      for (const auto* rows : {&one.products, &one.markets}) {
        for (const DecomposedRow& row : *rows)
          name_width_ = std::clamp(text_width(name(row.by, row)) + 3, name_width_, kLongestName);
      }
    }
  }

  std::string text() {
    std::string text;
    for (const DecomposedPeriod& one : all_.periods) {
      text += (text.empty() ? "" : "\n") + headline(one);
      text += split(one.products, l_("By product", "分商品"), "product");
      text += split(one.markets, l_("By market", "分市场"), "market");
      text += left_out(one);
    }
    return text + footnotes();
  }

 private:
  const Decomposition& all_;
  const Labels& l_;
  const TerminalStyle& style_;
  int name_width_ = kShortestName;

  /// Chinese counts money by 100 million.
  double scale() const { return is_zh(l_) ? 10 : 1; }
  std::string currency() const { return all_.currency == "USD" ? l_("USD bn", "亿美元") : l_("RMB bn", "亿元"); }

  std::string headline(const DecomposedPeriod& one) const {
    const DecomposedRow& total = one.total;
    const bool exports = all_.flow == kExports, all = all_.total_from == "printed";
    const std::string period = l_.period(shown_period(one.period));
    std::string text = is_zh(l_) ? period + (all ? "" : "所列项目") + (exports ? "出口" : "进口") +
                                       fixed(total.value_bn * scale(), 1) + currency() + "，同比" +
                                       signed_fixed(*total.growth_pct, 1) + "%"
                                 : std::string(exports ? "Exports" : "Imports") + (all ? "" : " of the lines listed") +
                                       " in " + period + ": " + fixed(total.value_bn, 1) + " " + currency() + ", " +
                                       signed_fixed(*total.growth_pct, 1) + "% on a year earlier";
    if (total.two_year_pct)
      text += l_("; over two years ", "，两年复合增速") + signed_fixed(*total.two_year_pct, 1) + l_("% a year", "%");
    text += l_(".", "。");
    if (total.volume_pp)
      text += "\n" + std::string(l_("By quantity ", "其中数量拉动")) + signed_fixed(*total.volume_pp, 1) +
              l_(" pp, by price ", "个百分点，价格拉动") + signed_fixed(*total.price_pp, 1) +
              l_(" pp, of lines without quantities ", "个百分点，无数量数据的商品拉动") +
              signed_fixed(*total.unsplit_pp, 1) + l_(" pp.", "个百分点。");
    return emphasised(text, style_) + "\n";
  }

  std::string head(const std::string& title) const {
    return dimmed("  " + left_aligned(title, name_width_) + right_aligned(currency(), kValue) +
                      right_aligned(l_("yoy %", "同比%"), kFigure) + right_aligned(l_("2y %", "两年%"), kFigure) +
                      right_aligned(l_("pp", "拉动"), kFigure) + right_aligned(l_("share %", "贡献率%"), kFigure) +
                      right_aligned(l_("volume", "数量"), kFigure) + right_aligned(l_("price", "价格"), kFigure),
                  style_) +
           "\n";
  }

  std::string name(const std::string& by, const DecomposedRow& row) const {
    if (row.key == kRemainder && by == "market") return l_("Other markets", "其他市场");
    if (row.key == "not listed") return l_("Not listed", "未列出");
    return l_.key(by, row.key);
  }

  std::string split(const std::vector<DecomposedRow>& rows, const std::string& title, const std::string& by) const {
    if (rows.empty()) return "";
    std::string text = "\n" + head(title);
    bool inside = false;
    for (const DecomposedRow& row : rows) {
      if (!row.part_of.empty() && !inside) {
        text +=
            dimmed("  " + std::string(l_("of which, and aggregates (outside the sum)", "其中项与汇总项（不计入加总）")),
                   style_) +
            "\n";
        inside = true;
      }
      const std::string value = right_aligned(fixed(row.value_bn * scale(), row.value_bn < 1 ? 3 : 1), kValue);
      text += "  " + left_aligned(name(by, row) + (row.incomplete ? " †" : ""), name_width_) + value +
              figure(row.growth_pct) + figure(row.two_year_pct) + figure(row.contribution_pp, 2) +
              figure(row.share_pct) + figure(row.volume_pp, 2) + figure(row.price_pp, 2) + "\n";
    }
    return text;
  }

  std::string left_out(const DecomposedPeriod& one) const {
    std::string names;
    for (const std::string& line : one.left_out) names += (names.empty() ? "" : l_(", ", "、")) + line;
    if (names.empty()) return "";
    return "  " +
           std::string(
               l_("† no figure now or a year before; counted in the rest: ", "† 当期或上年同期缺数，计入“其他”：")) +
           names + "\n";
  }

  static std::string joined(const std::vector<std::string>& names, const std::string& comma) {
    std::string text;
    for (const std::string& one : names) text += (text.empty() ? "" : comma) + one;
    return text;
  }

  std::string footnotes() const {
    std::vector<std::string> unknown;
    for (const auto* lines : {&all_.products, &all_.markets}) {
      for (const KeyedLine& one : *lines) {
        if (!one.known && one.part_of.empty()) unknown.push_back(one.line.name);
      }
    }
    std::string text = "\n";
    if (!unknown.empty())
      text += std::string(l_("Not a group of the calibration, kept under their own names: ",
                             "未能归入校准分组、按原名列出的项目：")) +
              joined(unknown, l_(", ", "、")) + "\n";
    for (const auto& [key, lines] : all_.partial_groups)
      text += std::string(l_("Only a part of the group is in the data: ", "该分组仅含部分商品：")) +
              l_.key("product", key) + l_(" (", "（") + joined(lines, l_(", ", "、")) + l_(")", "）") + "\n";
    if (all_.total_from != "printed")
      text +=
          std::string(all_.total_from == "products" ? l_("The data have no total: it is the sum of the products above.",
                                                         "数据未给出总值，以所列商品之和代替。")
                                                    : l_("The data have no total: it is the sum of the markets above.",
                                                         "数据未给出总值，以所列市场之和代替。")) +
          "\n";
    const bool flat = std::any_of(all_.periods.begin(), all_.periods.end(), [](const DecomposedPeriod& one) {
      return std::abs(*one.total.growth_pct) < kLeastGrowthForSharesPct;
    });
    if (flat)
      text += std::string(l_("Shares are left out where growth is nearer to zero than 0.5%: they are undefined there.",
                             "总增速绝对值低于0.5%时贡献率无意义，不予列示。")) +
              "\n";
    for (const std::string& note : all_.notes) text += note + "\n";
    return text +
           l_("Actual data: no Monte Carlo error. Contributions are exact up to the rounding of the source.",
              "以上为实际数据，不含蒙特卡洛误差；除来源数据的四舍五入外，拉动之和等于总增速。") +
           "\n";
  }
};

}  // namespace

std::string decomposition_table(const Decomposition& all, const Labels& labels, const TerminalStyle& style) {
  return Table(all, labels, style).text();
}

}  // namespace plimsoll
