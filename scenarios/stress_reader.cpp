#include "scenarios/stress_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "scenarios/embedded.hpp"
#include "scenarios/field_check.hpp"
#include "scenarios/named_file.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/resolve.hpp"
#include "scenarios/sha256.hpp"
#include "scenarios/stress_fields.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;
const FileSort kSuites{"suite", "scenarios/library/suites/", "plimsoll_stress"};

/// A file beside the suite; nullopt when there is none.
std::optional<std::string> text_beside(const NamedFile& suite, const std::string& name) {
  if (suite.ships) return shipped_file(kSuites.library + name);
  const fs::path file = suite.folder / name;
  std::error_code error;
  if (fs::is_directory(file, error) || fs::file_size(file, error) > kLargestNamedFile || error) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class SuiteReader {
 public:
  SuiteReader(const ConfigNode& root, const NamedFile& source, std::vector<Problem>& problems)
      : root_(root), source_(source), problems_(problems) {}

  StressSuite read() {
    StressSuite suite;
    suite.name = root_.find("name") != nullptr ? text_of(root_.find("name")) : fs::path(source_.label).stem().string();
    if (!is_plain_name(suite.name))
      problem(root_.find("name") != nullptr ? *root_.find("name") : root_, "name", "'" + suite.name + "' is no name",
              "it becomes the name of a folder", "use letters, digits, - and _");
    suite.title = text_of_both(root_.find("title"));
    if (const ConfigNode* about = root_.find("about")) {
      suite.about = {
          text_of(about->find("question")), text_of(about->find("author")), text_of(about->find("date")), {}};
      suite.about.sources = names_of(about->find("sources"));
    }
    suite.baseline = source_.scenario_path(text_of(root_.find("baseline")));
    suite.set = overrides(root_.find("set"));
    read_scenarios(suite);
    read_texts(suite);
    if (text_of(root_.find("order")) == "mean") suite.order = StressSuite::Order::mean;
    suite.recovery_tolerance_pct = parse_double(text_of(root_.find("recovery_tolerance_pct"))).value_or(1);
    suite.variance_draws = std::atoi(text_of(root_.find("variance_draws")).c_str());
    constexpr int kFewestDraws = 16;
    if (suite.variance_draws > 0 && suite.variance_draws < kFewestDraws)
      problem(*root_.find("variance_draws"), "variance_draws", "fewer than 16 draws say nothing of a variance", "",
              "write 0 for no split, or 128");
    suite.inputs.push_back({source_.label, sha256_hex(source_.text)});
    if (const ConfigNode* exposures = root_.find("exposures")) read_exposures(*exposures, suite);
    return suite;
  }

 private:
  void problem(const ConfigNode& node, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({node.place, path, what, why, hint});
  }

  std::vector<ReadOptions::Override> overrides(const ConfigNode* set) const {
    std::vector<ReadOptions::Override> all;
    if (set == nullptr) return all;
    for (const ConfigNode::Entry& entry : set->entries)
      all.push_back({entry.key + "=" + one_line_yaml(entry.value), to_string(entry.place)});
    return all;
  }

  void read_scenarios(StressSuite& suite) {
    const ConfigNode& list = *root_.find("scenarios");
    if (list.items.empty())
      problem(list, "scenarios", "there are no scenarios", "nothing would be held against the baseline",
              "name at least one");
    std::set<std::string> names;
    for (std::size_t k = 0; k < list.items.size(); ++k) {
      const ConfigNode& item = list.items[k];
      const bool short_form = item.kind == ConfigNode::Kind::scalar;
      SuiteScenario one;
      one.place = item.place;
      one.scenario = source_.scenario_path(short_form ? item.text : text_of(item.find("scenario")));
      if (!short_form) {
        one.name = text_of(item.find("name"));
        one.title = text_of_both(item.find("title"));
        one.set = overrides(item.find("set"));
        one.severity = text_of(item.find("severity"));
        one.risk = text_of(item.find("risk"));
        one.note = text_of(item.find("note"));
      }
      const std::string path = "scenarios[" + std::to_string(k) + "]";
      if (!one.name.empty() && !is_plain_name(one.name))
        problem(*item.find("name"), path + ".name", "'" + one.name + "' is no name", "it becomes the name of a file",
                "use letters, digits, - and _");
      const std::string name = one.name.empty() ? fs::path(one.scenario).stem().string() : one.name;
      if (!names.insert(name).second)
        problem(item, path, "two scenarios are named '" + name + "'", "their rows could not be told apart",
                "give one of them another 'name'");
      suite.scenarios.push_back(std::move(one));
    }
  }

  /// Calls keep(text, node) for the items of a list.
  template <class Parse, class Keep>
  void each(const char* key, Parse parse, Keep keep) {
    const ConfigNode* list = root_.find(key);
    if (list == nullptr) return;
    for (std::size_t k = 0; k < list->items.size(); ++k) {
      Problem problem{list->items[k].place, key + ("[" + std::to_string(k) + "]"), "", "", ""};
      if (auto parsed = parse(list->items[k].text, problem))
        keep(*parsed, list->items[k].place);
      else
        problems_.push_back(std::move(problem));
    }
  }

  void read_texts(StressSuite& suite) {
    each("thresholds", parse_event, [&](const JointEvent& event, const Place& place) {
      suite.thresholds.push_back({event, place});
    });
    each("fail_if", parse_gate, [&](const Gate& gate, const Place& place) { suite.gates.push_back({gate, place}); });
    each("outputs", parse_cell, [&](const CellName& cell, const Place& place) {
      suite.outputs.push_back({cell, place});
    });
    if (root_.find("thresholds")->items.empty())
      problem(*root_.find("thresholds"), "thresholds", "there are no thresholds",
              "a suite says how likely something feared is", "write e.g. ['exports.total.yoy@2027 < 0']");
    if (const ConfigNode* headline = root_.find("headline")) {
      Problem found{headline->place, "headline", "", "", ""};
      if (const std::optional<CellName> cell = parse_cell(headline->text, found))
        suite.headline.push_back({*cell, headline->place});
      else
        problems_.push_back(found);
    }
  }

  void read_exposures(const ConfigNode& node, StressSuite& suite) {
    const fs::path inside = fs::path(node.text).lexically_normal();
    if (fs::path(node.text).is_absolute() || inside.empty() || *inside.begin() == "..") {
      problem(node, "exposures", "'" + node.text + "' lies outside the suite's folder", "",
              "keep the exposures beside the suite");
      return;
    }
    const std::optional<std::string> text = text_beside(source_, inside.string());
    if (!text) {
      problem(node, "exposures", "cannot read '" + node.text + "'", "a CSV file of at most 1 MiB beside the suite",
              "its header is exposure,by,id,weight");
      return;
    }
    const std::string label = source_.ships ? "shipped:suites/" + node.text : (source_.folder / inside).string();
    suite.exposures = parse_exposures(*text, label);
    suite.inputs.push_back({label, sha256_hex(*text)});
  }

  const ConfigNode& root_;
  const NamedFile& source_;
  std::vector<Problem>& problems_;
};

}  // namespace

StressSuite load_suite(const std::string& what) {
  const NamedFile source = find_named_file(what, kSuites);
  std::vector<Problem> problems;
  ConfigNode root = parse_yaml(source.text, source.label, problems);
  check_fields(root, stress_fields(), "a suite", "plimsoll_stress: 1", problems);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  add_defaults(root, stress_fields());
  StressSuite suite = SuiteReader(root, source, problems).read();
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return suite;
}

bool is_suite(const std::string& what) { return is_of_sort(what, kSuites); }

std::vector<ShippedSuite> shipped_suites() {
  std::vector<ShippedSuite> out;
  for (const std::string& path : shipped_of_sort(kSuites)) {
    std::vector<Problem> ignored;
    const ConfigNode root = parse_yaml(shipped_file(path).value_or(""), path, ignored);
    out.push_back({fs::path(path).stem(), text_of_both(root.find("title"))});
  }
  return out;
}

}  // namespace plimsoll
