#include "outputs/sweep_report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "outputs/markup_text.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sweep_plot.hpp"
#include "outputs/sweep_tables.hpp"
#include "outputs/sweep_terminal.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kMostSlices = 8;    // heat maps of an output, one for each setting of the other fields
constexpr std::size_t kMostCurves = 6;    // that can be told apart
constexpr std::int64_t kMostDots = 3000;  // of a scatter plot
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A text in both languages, of which the page shows one.
std::string both(const std::string& en, const std::string& zh) {
  return "<span lang=\"en\">" + html_escaped(en) + "</span><span lang=\"zh\">" + html_escaped(zh.empty() ? en : zh) +
         "</span>";
}
std::string element(const std::string& name, const std::string& inside) {
  return "<" + name + ">" + inside + "</" + name + ">\n";
}

constexpr const char* kStyle =
    "body{margin:0 auto;max-width:62rem;padding:1rem 1.25rem;font:16px/1.55 'Source Sans 3','Segoe UI','Noto Sans',"
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#17202b;background:#fff}"
    "h1{font-size:1.6rem;line-height:1.25;margin:.4rem 0}h2{font-size:1.2rem;margin:2rem 0 .3rem}"
    "h3{font-size:1rem;margin:1rem 0 .2rem}p,li{max-width:54rem}.soft{color:#55606e;font-size:.875rem}"
    "svg{display:block;max-width:100%;height:auto;margin:.5rem 0}figure{margin:0;overflow-x:auto}"
    "table{border-collapse:collapse;font-size:.875rem}td,th{border:1px solid #d9dee5;padding:.25rem "
    ".6rem;text-align:left}"
    "code{word-break:break-all}label{margin-right:1rem}"
    "#zh:checked~main [lang=en],#en:checked~main [lang=zh]{display:none}"
    "@media print{input,label{display:none}h2,figure{break-inside:avoid}}";

class Page {
 public:
  Page(const SweepPlan& plan, const SweepIndex& index, const MergedSweep& merged) : plan_(plan), merged_(merged) {
    for (std::int64_t k = 0; k < plan.point_count(); ++k) {
      const bool done = index.status(k) == SweepIndex::Status::done;
      figures_.push_back(done ? index.read(k).figures : std::vector<Estimate::Figure>{});
    }
  }

  std::string main() const {
    std::string text = element("h1", both(plan_.title.en.empty() ? plan_.name : plan_.title.en, plan_.title.zh));
    if (!plan_.about.question.empty()) text += element("p", html_escaped(plan_.about.question));
    text += "<p class=\"soft\">" +
            both(grouped(merged_.done) + " points of scenario " + plan_.scenario + ", " + grouped(plan_.paths) +
                     " paths each on common random numbers; figures stand with their Monte Carlo standard error, bands "
                     "and bars reach two of them.",
                 "情景 " + plan_.scenario + " 的 " + grouped(merged_.done) + " 个参数点，每点 " + grouped(plan_.paths) +
                     " 条路径，共用随机数；数值附蒙特卡洛标准误，误差带为两倍标准误。") +
            "</p>\n";
    if (merged_.failed + merged_.missing > 0)
      text += element(
          "p", both(grouped(merged_.failed) + " points failed, " + grouped(merged_.missing) +
                        " are missing; their places are blank.",
                    grouped(merged_.failed) + " 个点失败，" + grouped(merged_.missing) + " 个点缺失，图中留空。"));
    for (std::size_t o = 0; o < plan_.outputs.size(); ++o) text += section(o);
    return text + failures() + provenance();
  }

 private:
  Estimate::Figure figure(std::int64_t point, std::size_t output) const {
    const auto& all = figures_[static_cast<std::size_t>(point)];
    return output < all.size() ? all[output] : Estimate::Figure{kNone, kNone};
  }
  std::string unit(std::size_t output) const {
    const std::string& own = plan_.outputs[output].unit;
    return plan_.outputs[output].text + (own == "probability" ? "" : ", " + own);
  }
  std::string cell(const Estimate::Figure& f) const {
    if (!std::isfinite(f.value)) return "n/a";
    const int decimals = f.se > 0 ? std::clamp(1 - static_cast<int>(std::floor(std::log10(f.se))), 0, 4) : 2;
    return fixed(f.value, decimals) + " " + error_text(f.se);
  }

  std::string section(std::size_t output) const {
    std::string text = "<h2><code>" + html_escaped(plan_.outputs[output].text) + "</code></h2>\n";
    if (plan_.design != DesignKind::grid) return text + scatters(output);
    if (plan_.fields.size() == 1) return text + curves(output, 0, 0, 0);
    // The first two fields make the map; every setting of the others is a slice.
    std::size_t slices = 1;
    for (std::size_t f = 2; f < plan_.fields.size(); ++f) slices *= plan_.levels[f].size();
    for (std::size_t s = 0; s < std::min(slices, kMostSlices); ++s)
      text += slice_title(s, slices) + map(output, s, slices) + curves(output, 1, s, slices);
    if (slices > kMostSlices) text += left_out(slices - kMostSlices, "slices are not shown", "个切面未列出");
    return text;
  }
  static std::string left_out(std::size_t count, const std::string& en, const std::string& zh) {
    return "<p class=\"soft\">" +
           both(std::to_string(count) + " " + en + "; merged.csv has all.",
                std::to_string(count) + " " + zh + "，全部见 merged.csv。") +
           "</p>\n";
  }
  std::string slice_title(std::size_t slice, std::size_t slices) const {
    if (slices < 2) return "";
    std::string text;
    for (std::size_t f = plan_.fields.size(); f-- > 2; slice /= plan_.levels[f].size())
      text = plan_.fields[f] + " = " + plain_value(plan_.levels[f][slice % plan_.levels[f].size()]) +
             (text.empty() ? "" : ", ") + text;
    return "<h3><code>" + html_escaped(text) + "</code></h3>\n";
  }
  std::vector<std::string> levels(std::size_t field) const {
    std::vector<std::string> texts;
    for (const std::string& level : plan_.levels[field]) texts.push_back(plain_value(level));
    return texts;
  }
  /// The grid runs through the last field first.
  std::int64_t point_at(std::size_t i, std::size_t j, std::size_t slice, std::size_t slices) const {
    return static_cast<std::int64_t>((i * plan_.levels[1].size() + j) * slices + slice);
  }

  std::string map(std::size_t output, std::size_t slice, std::size_t slices) const {
    HeatMap map{plan_.fields[1], plan_.fields[0], levels(1), levels(0), {}, {}};
    for (std::size_t i = 0; i < map.y.size(); ++i) {
      map.z.emplace_back();
      map.text.emplace_back();
      for (std::size_t j = 0; j < map.x.size(); ++j) {
        map.z.back().push_back(figure(point_at(i, j, slice, slices), output));
        map.text.back().push_back(cell(map.z.back().back()));
      }
    }
    // One span for all slices, so that they can be compared.
    map.low = std::numeric_limits<double>::infinity();
    map.high = -map.low;
    for (std::int64_t k = 0; k < plan_.point_count(); ++k) {
      const double value = figure(k, output).value;
      if (!std::isfinite(value)) continue;
      map.low = std::min(map.low, value);
      map.high = std::max(map.high, value);
    }
    return element("figure", heat_map(map));
  }

  static std::vector<double> places(const std::vector<std::string>& texts, std::vector<std::string>& labels) {
    std::vector<double> x;
    for (const std::string& text : texts) {
      const std::optional<double> number = parse_double(text);
      if (!number) {
        labels = texts;
        x.clear();
        for (std::size_t k = 0; k < texts.size(); ++k) x.push_back(static_cast<double>(k));
        return x;
      }
      x.push_back(*number);
    }
    return x;
  }

  /// The output against the first field, a curve for every level of the second.
  std::string curves(std::size_t output, int fields, std::size_t slice, std::size_t slices) const {
    ResponsePlot plot{plan_.fields[0], unit(output), {}, {}, ResponsePlot::Mark::curve};
    const std::vector<double> x = places(levels(0), plot.x_labels);
    const std::size_t others = fields == 0 ? 1 : plan_.levels[1].size();
    for (std::size_t j = 0; j < std::min(others, kMostCurves); ++j) {
      ResponseCurve curve{fields == 0 ? "" : plan_.fields[1] + " = " + levels(1)[j], x, {}};
      for (std::size_t i = 0; i < x.size(); ++i)
        curve.y.push_back(figure(fields == 0 ? static_cast<std::int64_t>(i) : point_at(i, j, slice, slices), output));
      plot.curves.push_back(std::move(curve));
    }
    std::string text = element("figure", response_plot(plot));
    if (others > kMostCurves) text += left_out(others - kMostCurves, "levels have no curve here", "个水平未画曲线");
    return text;
  }

  /// The output against each field by itself, all points.
  std::string scatters(std::size_t output) const {
    std::string text;
    for (std::size_t f = 0; f < plan_.fields.size(); ++f) {
      ResponsePlot plot{plan_.fields[f], unit(output), {}, {{}}, ResponsePlot::Mark::points};
      std::vector<std::string> values;
      for (std::int64_t k = 0; k < std::min(plan_.point_count(), kMostDots); ++k)
        values.push_back(plain_value(plan_.points[static_cast<std::size_t>(k)][f]));
      if (std::all_of(values.begin(), values.end(), [](const std::string& v) { return parse_double(v).has_value(); })) {
        for (const std::string& v : values) plot.curves[0].x.push_back(*parse_double(v));
      } else {
        for (const std::string& v : values) {
          auto known = std::find(plot.x_labels.begin(), plot.x_labels.end(), v);
          if (known == plot.x_labels.end()) known = plot.x_labels.insert(known, v);
          plot.curves[0].x.push_back(static_cast<double>(known - plot.x_labels.begin()));
        }
      }
      for (std::size_t k = 0; k < values.size(); ++k)
        plot.curves[0].y.push_back(figure(static_cast<std::int64_t>(k), output));
      text += element("figure", response_plot(plot));
    }
    if (plan_.point_count() > kMostDots)
      text += left_out(static_cast<std::size_t>(plan_.point_count() - kMostDots), "points are not drawn", "个点未画出");
    return text;
  }

  std::string failures() const {
    if (merged_.failures.empty()) return "";
    std::string rows = "<tr><th>" + both("point", "点") + "</th><th>" + both("fields", "参数") + "</th><th>" +
                       both("error", "错误") + "</th></tr>\n";
    for (const MergedSweep::Failure& failure : merged_.failures)
      rows += "<tr><td>" + std::to_string(failure.point + 1) + "</td><td><code>" +
              html_escaped(point_text(plan_, failure.point)) + "</code></td><td>" + html_escaped(failure.error) +
              "</td></tr>\n";
    return element("h2", both("Points that failed", "失败的点")) + element("table", rows) + "<p class=\"soft\">" +
           both("All of them: failures.csv", "全部见 failures.csv") + "</p>\n";
  }

  std::string provenance() const {
    std::string rows;
    const auto row = [&](const std::string& en, const std::string& zh, const std::string& value) {
      rows += "<tr><th>" + both(en, zh) + "</th><td><code>" + html_escaped(value) + "</code></td></tr>\n";
    };
    row("Design", "设计", to_string(plan_.design));
    for (const std::string& field : plan_.fields) row("Field", "变动字段", field);
    row("Sampling, seed", "抽样与种子", plan_.sampling + ", " + std::to_string(plan_.seed));
    for (const SweepPlan::Input& c : plan_.calibrations) row("Calibration", "校准", c.name + " " + c.sha256);
    row("Plan", "方案", plan_.hash);
    row("Digest of merged.csv", "merged.csv 摘要", merged_.digest);
    row("Program", "程序", "plimsoll " + plan_.version + ", engine " + std::to_string(plan_.engine_number));
    return element("h2", both("Provenance", "来源")) + element("table", rows);
  }

  const SweepPlan& plan_;
  const MergedSweep& merged_;
  std::vector<std::vector<Estimate::Figure>> figures_;
};

}  // namespace

std::string sweep_report(const SweepPlan& plan, const SweepIndex& index, const MergedSweep& merged,
                         const std::string& language) {
  const std::string title = html_escaped(plan.title.en.empty() ? plan.name : plan.title.en);
  const bool zh = language == "zh";
  return "<!doctype html>\n<html lang=\"" + std::string(zh ? "zh" : "en") +
         "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<title>" +
         title + " \xC2\xB7 plimsoll</title>\n<style>" + kStyle +
         "</style></head>\n<body>\n"
         "<input type=\"radio\" name=\"language\" id=\"en\"" +
         (zh ? "" : " checked") +
         "><label for=\"en\">English</label>\n<input type=\"radio\" name=\"language\" id=\"zh\"" +
         (zh ? " checked" : "") + "><label for=\"zh\">中文</label>\n<main>\n" + Page(plan, index, merged).main() +
         "</main>\n</body></html>\n";
}

}  // namespace plimsoll
