#include "scenarios/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/number_text.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {

namespace {

using Kind = RandomNumber::Kind;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Reads the arguments of one distribution.
class DistributionReader {
 public:
  DistributionReader(const ConfigNode& body, const Place& place, const ProblemSink& problem)
      : body_(body), place_(place), problem_(problem) {}

  bool failed() const { return failed_; }
  void fail(const std::string& what, const std::string& hint) {
    if (!failed_) problem_(place_, what, "", hint);
    failed_ = true;
  }
  double number(const ConfigNode& node) {
    const std::optional<double> value =
        node.kind == ConfigNode::Kind::scalar && !node.quoted ? parse_double(node.text) : std::nullopt;
    if (!value && !failed_) problem_(node.place, "'" + node.text + "' is not a number", "", "write e.g. 1.5");
    failed_ = failed_ || !value;
    return value.value_or(0);
  }
  /// Named arguments, all of them, nothing else.
  std::vector<double> named(const std::vector<std::string>& names) {
    std::vector<double> values;
    if (body_.kind != ConfigNode::Kind::map)
      fail("the distribution needs named arguments", "write {" + names[0] + ": .., " + names[1] + ": ..}");
    for (const ConfigNode::Entry& entry : body_.entries) {
      if (std::find(names.begin(), names.end(), entry.key) == names.end()) {
        const std::string near = nearest_name(entry.key, names);
        problem_(entry.place, "unknown argument '" + entry.key + "'", "",
                 near.empty() ? "use " + names[0] + " and " + names[1] : "did you mean '" + near + "'?");
        failed_ = true;
      }
    }
    for (const std::string& name : names) {
      const ConfigNode* node = body_.find(name);
      if (node == nullptr) fail("argument '" + name + "' is missing", "add " + name + ": ..");
      values.push_back(node == nullptr ? 0 : number(*node));
    }
    return values;
  }
  std::vector<double> list(std::size_t n, const std::string& form) {
    std::vector<double> values;
    if (body_.kind != ConfigNode::Kind::list || body_.items.size() != n)
      fail("the distribution needs " + std::to_string(n) + " numbers", "write " + form);
    for (const ConfigNode& item : body_.items) values.push_back(number(item));
    values.resize(n);
    return values;
  }

  RandomNumber read(const std::string& name) {
    if (name == "normal") {
      const auto a = named({"mean", "sd"});
      if (a[1] < 0) fail("the sd is below 0", "");
      return {Kind::normal, a};
    }
    if (name == "lognormal") {
      const auto a = named({"median", "sd_log"});
      if (a[0] <= 0) fail("the median of a lognormal must be above 0", "");
      if (a[1] < 0) fail("the sd_log is below 0", "");
      return {Kind::lognormal, a};
    }
    if (name == "uniform") {
      const auto a = list(2, "{uniform: [low, high]}");
      if (a[0] > a[1]) fail("low is above high", "swap them");
      return {Kind::uniform, a};
    }
    if (name == "triangular") {
      const auto a = list(3, "{triangular: [low, mode, high]}");
      if (a[0] > a[1] || a[1] > a[2]) fail("low, mode and high must rise", "write {triangular: [low, mode, high]}");
      return {Kind::triangular, a};
    }
    if (name == "beta") return beta();
    if (name == "student_t") {
      const auto a = named({"mean", "scale", "dof"});
      if (a[1] < 0) fail("the scale is below 0", "");
      if (a[2] <= 2) fail("dof must be above 2", "with fewer the variance is infinite");
      return {Kind::student_t, a};
    }
    return name == "discrete" ? discrete() : quantiles();
  }

 private:
  RandomNumber beta() {
    if (body_.find("alpha") != nullptr || body_.find("beta") != nullptr) {
      const auto a = named({"alpha", "beta", "low", "high"});
      if (a[0] <= 0 || a[1] <= 0) fail("alpha and beta must be above 0", "");
      if (a[2] >= a[3]) fail("low must be below high", "");
      return {Kind::beta, a};
    }
    const auto a = named({"mean", "sd"});
    const double mean = a[0], sd = a[1];
    const double size = sd > 0 ? mean * (1 - mean) / (sd * sd) - 1 : 0;
    if (!failed_ && (mean <= 0 || mean >= 1 || size <= 0))
      fail("no beta distribution has this mean and sd", "the mean lies in (0, 1), and sd^2 below mean (1 - mean)");
    return {Kind::beta, {mean * size, (1 - mean) * size, 0, 1}};
  }
  RandomNumber discrete() {
    const ConfigNode* values = body_.find("values");
    const ConfigNode* chances = body_.find("probabilities_pct");
    if (values == nullptr || chances == nullptr || body_.entries.size() != 2 ||
        values->items.size() != chances->items.size() || values->items.empty()) {
      fail("discrete needs as many values as probabilities",
           "write {discrete: {values: [1, 2], probabilities_pct: [30, 70]}}");
      return RandomNumber::fixed(0);
    }
    std::vector<std::pair<double, double>> points;
    double sum = 0;
    for (std::size_t k = 0; k < values->items.size(); ++k) {
      points.emplace_back(number(values->items[k]), number(chances->items[k]));
      if (points.back().second < 0) fail("a probability is below 0", "");
      sum += points.back().second;
    }
    if (!failed_ && std::abs(sum - 100) > 1e-9)
      fail("the probabilities add up to " + shortest(sum) + ", not 100", "make them add up to 100");
    std::sort(points.begin(), points.end());
    RandomNumber out{Kind::discrete, {}};
    for (const auto& [value, chance] : points) out.args.insert(out.args.end(), {value, chance / 100});
    return out;
  }
  RandomNumber quantiles() {
    RandomNumber out{Kind::quantiles, {}};
    double last_level = 0, last_value = -kInfinity;
    for (const ConfigNode::Entry& entry : body_.entries) {
      const std::optional<double> level = parse_double(entry.key);
      if (!level || *level <= last_level || *level >= 100)
        fail("quantile levels must rise between 0 and 100", "write {quantiles: {5: .., 50: .., 95: ..}}");
      const double value = number(entry.value);
      if (!failed_ && value < last_value) fail("the quantiles fall", "a higher level has a higher value");
      out.args.insert(out.args.end(), {level.value_or(50) / 100, value});
      last_level = level.value_or(last_level);
      last_value = value;
    }
    if (out.args.size() < 4) fail("quantiles need at least two levels", "write {quantiles: {5: .., 50: .., 95: ..}}");
    return out;
  }

  const ConfigNode& body_;
  Place place_;
  const ProblemSink& problem_;
  bool failed_ = false;
};

const std::vector<std::string>& distribution_names() {
  static const std::vector<std::string> names{"normal", "lognormal", "uniform",  "triangular",
                                              "beta",   "student_t", "discrete", "quantiles"};
  return names;
}

}  // namespace

bool looks_like_distribution(const ConfigNode& node) {
  return node.kind == ConfigNode::Kind::map && node.entries.size() == 1 &&
         std::find(distribution_names().begin(), distribution_names().end(), node.entries[0].key) !=
             distribution_names().end();
}

RandomNumber read_random_number(const ConfigNode& node, const ProblemSink& problem) {
  if (node.kind == ConfigNode::Kind::scalar) {
    const std::optional<double> value = node.quoted ? std::nullopt : parse_double(node.text);
    if (value) return RandomNumber::fixed(*value);
    problem(node.place, "'" + node.text + "' is not a number", "a number or a distribution stands here",
            "write e.g. 1.5 or {normal: {mean: 1.5, sd: 0.2}}");
    return RandomNumber::fixed(0);
  }
  if (node.kind != ConfigNode::Kind::map || node.entries.size() != 1) {
    problem(node.place, "a number or a distribution stands here", "",
            "write e.g. 1.5 or {normal: {mean: 1.5, sd: 0.2}}");
    return RandomNumber::fixed(0);
  }
  const ConfigNode::Entry& entry = node.entries[0];
  if (!looks_like_distribution(node)) {
    const std::string near = nearest_name(entry.key, distribution_names());
    problem(entry.place, "unknown distribution '" + entry.key + "'", "",
            near.empty() ? "use normal, lognormal, uniform, triangular, beta, student_t, discrete or quantiles"
                         : "did you mean '" + near + "'?");
    return RandomNumber::fixed(0);
  }
  DistributionReader reader(entry.value, entry.place, problem);
  RandomNumber number = reader.read(entry.key);
  return reader.failed() ? RandomNumber::fixed(0) : number;
}

Support support(const RandomNumber& n) {
  const std::vector<double>& a = n.args;
  switch (n.kind) {
    case Kind::fixed: return {a[0], a[0]};
    case Kind::lognormal: return {0, kInfinity};
    case Kind::uniform: return {a[0], a[1]};
    case Kind::triangular: return {a[0], a[2]};
    case Kind::beta: return {a[2], a[3]};
    case Kind::discrete: return {a[0], a[a.size() - 2]};
    case Kind::normal:
    case Kind::student_t:
    case Kind::quantiles: break;
  }
  return {-kInfinity, kInfinity};
}

RandomNumber parse_random_number_text(const std::string& text, const Place& place, std::vector<Problem>& problems) {
  try {
    std::vector<Problem> inside;
    const ConfigNode node = parse_yaml(text, place.file, inside);
    const RandomNumber number = read_random_number(
        node, [&](const Place&, const std::string& what, const std::string& why, const std::string& hint) {
          inside.push_back({place, "", what, why, hint});
        });
    for (Problem& problem : inside) {
      problem.place = place;
      problems.push_back(problem);
    }
    return inside.empty() ? number : RandomNumber::fixed(0);
  } catch (const InputError& error) {
    problems.push_back({place, "", error.problems().front().what, "", error.problems().front().hint});
    return RandomNumber::fixed(0);
  }
}

}  // namespace plimsoll
