#include <algorithm>
#include <map>
#include <set>

#include "outputs/number_format.hpp"
#include "outputs/sensitivity_tables.hpp"

namespace plimsoll {
namespace {

std::string subject_name(const std::string& subject, const Labels& labels) {
  static const std::map<std::string, std::pair<const char*, const char*>> words{
      {"tariffs", {"Tariffs", "关税"}},
      {"trade_shifts", {"Front-loading and diversion", "抢出口与转移"}},
      {"armington", {"Supply and demand elasticities", "供需弹性"}},
      {"imports", {"Imports", "进口"}},
      {"trend", {"Trend", "趋势"}},
      {"residuals", {"Residuals", "残差"}}};
  const auto found = words.find(subject);
  if (found != words.end()) return labels(found->second.first, found->second.second);
  static const std::set<std::string> drivers{"capex",         "memory_price",   "oil_price",
                                             "exchange_rate", "foreign_demand", "domestic_demand"};
  return drivers.contains(subject) ? labels.key("driver", subject) : "`" + subject + "`";
}

/// Effects are small and large: as many decimals as the error has.
int decimals_of(const IntervalEstimate& e) {
  const std::string error = error_text(e.se);
  const std::size_t point = error.find('.');
  return !(e.se > 0) ? 2 : point == std::string::npos ? 1 : std::min(3, static_cast<int>(error.size() - point) - 1);
}
std::string with_error(const IntervalEstimate& e, double scale = 1) {
  const IntervalEstimate shown{e.value * scale, e.se * scale, 0, 0};
  return fixed(shown.value, decimals_of(shown)) + " " + error_text(shown.se);
}
std::string signed_with_error(const IntervalEstimate& e) {
  return signed_fixed(e.value, decimals_of(e)) + " " + error_text(e.se);
}
std::string share_with_interval(const IntervalEstimate& e) {
  const int decimals = e.se < 0.005 ? 1 : 0;
  return fixed(100 * e.value, decimals) + "% (" + fixed(100 * e.low, decimals) + "-" + fixed(100 * e.high, decimals) +
         ")";
}

struct InputRows {
  std::string input;
  std::vector<const SensitivityRow*> rows;
};
/// A figure's rows: its own value, then by input.
struct FigureRows {
  const SensitivityRow* value = nullptr;
  std::vector<InputRows> inputs;
};

/// In the order of the result. Figures answered in two ways stand apart.
std::vector<FigureRows> by_figure(const SensitivityResult& result) {
  std::vector<FigureRows> figures;
  for (const SensitivityRow& row : result.rows) {
    if (row.input.empty()) {
      figures.push_back({&row, {}});
      continue;
    }
    const auto own = std::find_if(figures.begin(), figures.end(), [&](const FigureRows& f) {
      return f.value->of == row.of && f.value->basis == row.basis;
    });
    if (own->inputs.empty() || own->inputs.back().input != row.input) own->inputs.push_back({row.input, {}});
    own->inputs.back().rows.push_back(&row);
  }
  return figures;
}

std::string unit_text(const std::string& unit, const Labels& labels) {
  if (unit == "probability") return "";
  return unit == "pct" ? "%" : " " + labels.unit(unit);
}

std::string columns(const SensitivityResult& result, const std::string& unit, bool of_tail_alone,
                    const Labels& labels) {
  const std::string rule3 = "|---|---:|---:|---:|\n", rule2 = "|---|---:|---:|\n";
  const std::string input = labels("| input |", "| 输入 |");
  const std::string in_unit = unit.empty() ? "" : labels(", ", "，") + unit;
  switch (result.method) {
    case SensitivityMethod::tornado:
      return input + labels(" at its 10% quantile | at its 90% quantile | swing", " 取10%分位数 | 取90%分位数 | 摆幅") +
             in_unit + " |\n" + rule3;
    case SensitivityMethod::morris: return input + " mu*" + in_unit + " | mu | sigma |\n" + rule3;
    case SensitivityMethod::sobol:
      return input + labels(" first order (95%) | total (95%) |\n", " 一阶（95%区间） | 总效应（95%区间） |\n") + rule2;
    case SensitivityMethod::importance:
      if (of_tail_alone)
        return input + labels(" share of the tail (95%) |\n|---|---:|\n", " 尾部占比（95%区间） |\n|---|---:|\n");
      return input +
             labels(" share of the variance (95%) | share of the tail (95%) |\n",
                    " 方差占比（95%区间） | 尾部占比（95%区间） |\n") +
             rule2;
  }
  return "";
}

std::string line_of(const SensitivityResult& result, const InputRows& input, const Labels& labels) {
  const bool is_driver = result.method == SensitivityMethod::importance;
  std::string line = "| " + (is_driver ? labels.key("driver", input.input) : input_name(input.input, labels)) + " |";
  const auto& r = input.rows;
  switch (result.method) {
    case SensitivityMethod::tornado: {
      const double scale = r[0]->unit == "probability" ? 100 : 1;
      const IntervalEstimate& swing = r[2]->estimate;
      line += " " + with_error(r[0]->estimate, scale) + " | " + with_error(r[1]->estimate, scale) + " | " +
              signed_with_error({swing.value * scale, swing.se * scale, 0, 0}) + " |";
      break;
    }
    case SensitivityMethod::morris: {
      const double scale = r[0]->unit == "probability" ? 100 : 1;
      line += " " + with_error(r[1]->estimate, scale) + " | " +
              signed_with_error({r[0]->estimate.value * scale, r[0]->estimate.se * scale, 0, 0}) + " | " +
              with_error(r[2]->estimate, scale) + " |";
      break;
    }
    case SensitivityMethod::sobol:
    case SensitivityMethod::importance:
      for (const SensitivityRow* row : r) line += " " + share_with_interval(row->estimate) + " |";
      break;
  }
  return line + "\n";
}

std::string reading(const SensitivityResult& result, const SensitivityRow& value, const Labels& labels) {
  switch (result.method) {
    case SensitivityMethod::tornado:
      return labels(
          "Each input is held at its 10% and at its 90% quantile while all others stay random, on the same draws. An "
          "input of many draws moves along the direction that moves the mean of the output. Events: never, and always.",
          "每次把一个输入固定在10%和90%分位数，其余输入保持随机，并使用相同的随机数。由多个随机数组成的输入沿使输出均值"
          "变动最大的方向移动。事件：从不发生与必然发生。");
    case SensitivityMethod::morris:
      return labels(
          "mu*: mean size of the change of the figure when the input moves by half of its probability, per unit of "
          "probability; mu: the same with its sign; sigma: how much it differs from place to place, by interaction or "
          "curvature.",
          "mu*：输入移动一半概率时指标变动的平均幅度（按单位概率计）；mu：带符号的平均；sigma：因交互作用或非线性造成的"
          "差异。");
    case SensitivityMethod::sobol:
      return value.basis == SensitivityBasis::paths
                 ? labels(
                       "Shares of the variance of the output itself, over all paths: by the input alone (first "
                       "order), and with all that it interacts with (total).",
                       "输出本身在所有路径上的方差占比：仅由该输入引起（一阶），以及包含其全部交互作用（总效应）。")
                 : labels(
                       "Shares of the variance of the figure, when all inputs below are held at random points: by "
                       "the input alone (first order), and with all that it interacts with (total).",
                       "将下列输入固定在随机点时该指标的方差占比：仅由该输入引起（一阶），以及包含其全部交互作用"
                       "（总效应）。");
    case SensitivityMethod::importance:
      if (value.quantity == "tail_gap")
        return labels(
            "From the sums of a stored run: what each driver adds to the gap between the mean and the worst 5% of the "
            "paths; it adds up to 100%. Shares of the variance need one run: name the scenario instead of the folder.",
            "来自已存储运行的累计量：各驱动因素对均值与最差5%路径之差的贡献，合计为100%"
            "。方差占比需要一次模拟：请改用情景名。");
      return labels(
          "From the split of growth by driver on the paths of one run: covariance of a driver's contribution with "
          "growth over the variance of growth, and what it adds to the tail. Each column adds up to 100%. A split "
          "tells where growth comes from, not what would happen without a driver.",
          "来自一次模拟中增速按驱动因素的分解：某因素贡献与增速的协方差除以增速方差，及其对尾部的贡献；各列合计为100%。"
          "分解说明增速来自何处，而非去掉该因素会怎样。");
  }
  return "";
}

}  // namespace

std::string input_name(const std::string& input, const Labels& labels) {
  if (input == kOtherDraws) return labels("Events and other draws", "事件及其他随机数");
  if (input == kEverythingElse) return labels("Everything else", "其余全部");
  const std::size_t slash = input.find('/');
  if (slash == std::string::npos) {
    if (input.rfind("imports_", 0) == 0)
      return labels("Imports", "进口") + std::string(labels(", ", "，")) + subject_name(input.substr(8), labels);
    return input.find('.') == std::string::npos && input.find('=') == std::string::npos ? subject_name(input, labels)
                                                                                        : "`" + input + "`";
  }
  const std::string kind = input.substr(0, slash), subject = input.substr(slash + 1);
  const std::string colon = labels(": ", "：");
  if (kind == "shocks") return subject_name(subject, labels) + colon + labels("shocks", "冲击");
  if (kind == "responses") return subject_name(subject, labels) + colon + labels("responses", "响应弹性");
  if (kind == "parameters") return subject_name(subject, labels) + colon + labels("parameters", "参数");
  if (kind == "events") return labels("Event", "事件") + colon + "`" + subject + "`";
  return labels("Assumption", "情景假设") + colon + "`" + subject + "`";
}

std::string sensitivity_memo(const SensitivityResult& result, const std::string& scenario, const Labels& labels) {
  const std::string method = to_string(result.method);
  std::string text = is_zh(labels) ? "# 敏感性分析：" + scenario + "（" + method + "）\n\n"
                                   : "# Sensitivity of " + scenario + ": " + method + "\n\n";
  for (const FigureRows& figure : by_figure(result)) {
    const SensitivityRow& value = *figure.value;
    const bool is_probability = value.unit == "probability";
    const std::string told =
        with_error(value.estimate, is_probability ? 100 : 1) + (is_probability ? "%" : unit_text(value.unit, labels));
    const std::string of = value.quantity == "sd"               ? "sd(" + value.of + ")"
                           : value.quantity == "mean_of_points" ? labels("mean over the points", "各点均值")
                           : value.quantity == "tail_gap"
                               ? labels("mean less mean of the worst 5%", "均值减最差5%的均值")
                               : value.of;
    text +=
        "## " + value.of + "\n\n" + of + " = " + told + labels(". ", "。") + reading(result, value, labels) + "\n\n";
    const std::string unit = is_probability ? "pp" : labels.unit(value.unit == "pct" ? "pp" : value.unit);
    text += columns(result, unit, value.quantity == "tail_gap", labels);
    for (const InputRows& input : figure.inputs) text += line_of(result, input, labels);
    text += "\n";
  }
  if (!result.without_effect.empty()) {
    text +=
        labels("Without effect, or without any at the centre of all else: ", "无影响，或在其余输入取中值时无影响：");
    constexpr std::size_t kMostNames = 12;  // inputs.csv has all
    const std::size_t named = std::min(kMostNames, result.without_effect.size());
    const char* separator = "";
    for (std::size_t k = 0; k < named; ++k) {
      text += separator + input_name(result.without_effect[k], labels);
      separator = is_zh(labels) ? "、" : ", ";
    }
    const std::string more = std::to_string(result.without_effect.size() - named);
    if (named < result.without_effect.size()) text += is_zh(labels) ? "，另有" + more + "项" : " and " + more + " more";
    text += labels(".\n\n", "。\n\n");
  }
  if (result.left_out > 0) {
    const std::string rows = grouped(result.left_out);
    text += is_zh(labels) ? "有" + rows + "组设计点尚未完成，未计入。\n\n"
                          : rows + " rows of the design lack a point and are left out.\n\n";
  }
  const std::string paths = grouped(result.simulated),
                    meaning = labels("± is one Monte Carlo standard error.", "±为蒙特卡洛标准误。");
  if (result.simulated > 0) text += is_zh(labels) ? "共模拟" + paths + "条路径；" : paths + " paths in all; ";
  text += meaning + "\n";
  return text;
}

}  // namespace plimsoll
