#include "outputs/stress_severity_words.hpp"

#include "outputs/number_format.hpp"
#include "outputs/stress_words.hpp"

namespace plimsoll {
namespace {

std::string plausibility(const StressScenario& s, const Labels& labels) {
  if (s.joint.dimensions == 0 && !s.joint.outside) return "";
  const std::string distance = fixed(s.joint.distance.value, 1) + " " + error_text(s.joint.distance.se);
  const std::string chance = plausibility_words(s, labels);
  const std::string dimensions = std::to_string(s.joint.dimensions);
  if (s.joint.outside)
    return labels("Taken together: some driver moves that is fixed in the baseline, so no distance can be stated.\n\n",
                  "联合来看：情景改变了基准中固定不变的驱动因素，无法给出距离。\n\n");
  if (is_zh(labels))
    return "联合来看：情景均值距基准 " + distance + " 个标准差（马氏距离，" + dimensions +
           " 维），若驱动因素服从正态分布，基准中同样远或更远的概率为" + chance +
           "。这是对驱动因素均值路径的描述，不是情景发生的概率。\n\n";
  return "Taken together the means of the drivers lie " + distance + " standard deviations away (Mahalanobis, " +
         dimensions +
         " dimensions); were the drivers normal, the baseline would be as far or farther with probability " + chance +
         ". This describes the drivers' mean paths; it is no probability of the scenario.\n\n";
}

std::string variance(const StressResults& results, const StressScenario& s, const Labels& labels) {
  if (!s.variance) return "";
  const VarianceSplit& v = *s.variance;
  const auto share = [&](const StressFigure& f) { return fixed(100 * f.value, 0) + "% " + error_text(100 * f.se); };
  const std::string of = cell_words(results, results.headline, labels);
  const bool one_model = v.model.value == 0 && v.model.se == 0;
  if (is_zh(labels))
    return of + "的方差构成：冲击 " + share(v.shock) + "，情景假设的分布 " + share(v.assumption) + "，模型参数 " +
           share(v.parameter) + (one_model ? "；仅使用一个弹性模型" : "，模型选择 " + share(v.model)) + "。\n\n";
  return "Variance of " + in_a_sentence(of) + ": shocks " + share(v.shock) +
         ", distributions that the scenario states " + share(v.assumption) + ", parameters of the model " +
         share(v.parameter) +
         (one_model ? "; the scenario has one elasticity model" : ", choice of the model " + share(v.model)) + ".\n\n";
}

}  // namespace

/// A tail of the chi-square distribution: its error is no matter of paths that hit.
std::string plausibility_words(const StressScenario& s, const Labels& labels) {
  constexpr std::int64_t kNoCount = 0;
  return probability_words(s.joint.plausibility, kNoCount, labels);
}

std::string severity_sentences(const StressResults& results, const StressScenario& scenario, const Labels& labels) {
  return plausibility(scenario, labels) + variance(results, scenario, labels);
}

}  // namespace plimsoll
