#include "scenarios/sweep_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "scenarios/distribution.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/field_check.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/resolve.hpp"
#include "scenarios/sha256.hpp"
#include "scenarios/sweep_fields.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestFile = 1U << 20U;
const std::string kLibrary = "scenarios/library/sweeps/";
constexpr DesignKind kKinds[] = {DesignKind::grid,  DesignKind::zip,      DesignKind::latin_hypercube,
                                 DesignKind::sobol, DesignKind::saltelli, DesignKind::morris};

bool is_path(const std::string& what) {
  const std::string ending = fs::path(what).extension();
  return what.find('/') != std::string::npos || ending == ".yaml" || ending == ".yml";
}

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{Place{file}, "", what, "", hint}});
}

struct SweepSource {
  std::string label, text;
  bool ships = false;
  fs::path folder;
};

SweepSource find_sweep(const std::string& what) {
  std::vector<std::string> names;
  std::string all;
  for (const ShippedSweep& sweep : shipped_sweeps()) {
    names.push_back(sweep.name);
    all += (all.empty() ? "" : ", ") + sweep.name;
  }
  const std::string near = nearest_name(fs::path(what).stem(), names);
  const std::string hint = near.empty() ? "shipped sweeps: " + all : "did you mean '" + near + "'?";
  if (!is_path(what)) {
    const std::optional<std::string> text = shipped_file(kLibrary + what + ".yaml");
    if (!text) refuse(what, "there is no shipped sweep '" + what + "'", hint);
    return {"shipped:sweeps/" + what + ".yaml", *text, true, {}};
  }
  std::error_code error;
  if (!fs::exists(what, error)) refuse(what, "there is no file " + what, hint);
  if (fs::is_directory(what, error)) refuse(what, what + " is a folder", "name a sweep file");
  if (fs::file_size(what, error) > kLargestFile)
    refuse(what, what + " is larger than 1 MiB", "a sweep is a few kilobytes");
  std::ifstream in(what, std::ios::binary);
  if (!in) refuse(what, "cannot read " + what + ": " + std::strerror(errno), "check its permissions");
  return {what, std::string(std::istreambuf_iterator<char>(in), {}), false, fs::path(what).parent_path()};
}

Text text_of_both(const ConfigNode* node) {
  return node == nullptr ? Text{} : Text{text_of(node->find("en")), text_of(node->find("zh"))};
}

class SweepReader {
 public:
  SweepReader(const ConfigNode& root, const SweepSource& source, std::vector<Problem>& problems)
      : root_(root), source_(source), problems_(problems) {}

  SweepSpec read() {
    SweepSpec sweep;
    const ConfigNode* name = root_.find("name");
    sweep.name = name != nullptr ? text_of(name) : fs::path(source_.label).stem().string();
    if (!is_plain_name(sweep.name))
      problem(name != nullptr ? name->place : root_.place, "name", "'" + sweep.name + "' is no name",
              "it becomes the name of a folder", "use letters, digits, - and _");
    sweep.title = text_of_both(root_.find("title"));
    if (const ConfigNode* about = root_.find("about")) {
      sweep.about = {
          text_of(about->find("question")), text_of(about->find("author")), text_of(about->find("date")), {}};
      sweep.about.sources = names_of(about->find("sources"));
    }
    sweep.scenario = scenario_path(text_of(root_.find("scenario")));
    if (const ConfigNode* set = root_.find("set")) {
      for (const ConfigNode::Entry& entry : set->entries)
        sweep.set.push_back({entry.key + "=" + one_line_yaml(entry.value), to_string(entry.place)});
    }
    for (const char* key : {"paths", "seed"}) {
      if (const ConfigNode* node = root_.find(key))
        sweep.set.push_back({key + ("=" + node->text), to_string(node->place)});
    }
    read_design(*root_.find("design"), sweep);
    read_outputs(*root_.find("outputs"), sweep);
    sweep.inputs.push_back({source_.label, sha256_hex(source_.text)});
    return sweep;
  }

 private:
  void problem(const Place& place, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, path, what, why, hint});
  }

  /// Paths of scenarios start at the sweep's folder.
  std::string scenario_path(const std::string& what) const {
    if (!is_path(what) || source_.ships || fs::path(what).is_absolute()) return what;
    const std::string path = (source_.folder / what).lexically_normal().string();
    return path.find('/') == std::string::npos ? "./" + path : path;
  }

  void read_design(const ConfigNode& design, SweepSpec& sweep) {
    const ConfigNode* fields = nullptr;
    for (const DesignKind kind : kKinds) {
      const ConfigNode* one = design.find(to_string(kind));
      if (one == nullptr) continue;
      if (fields != nullptr)
        problem(one->place, "design." + to_string(kind), "the design has two kinds",
                "'" + to_string(sweep.kind) + "' stands there too", "keep one of them");
      fields = one;
      sweep.kind = kind;
    }
    if (fields == nullptr) {
      problem(design.place, "design", "the design has no kind", "nothing says how the fields vary together",
              "write e.g. design: {grid: {paths.of.a.field: [1, 2, 3]}}");
      return;
    }
    const std::string path = "design." + to_string(sweep.kind);
    if (fields->entries.empty())
      problem(fields->place, path, "no field varies", "a sweep needs at least one", "name a field and its levels");
    for (const ConfigNode::Entry& entry : fields->entries) read_field(entry, path + "." + entry.key, sweep);
    check_numbers(design, *fields, sweep);
    std::set<std::string> varied;
    for (const SweptField& field : sweep.fields) {
      const std::vector<std::string> paths = expanded_paths(field.path);
      if (paths.empty())
        problem(field.place, path + "." + field.path, "'" + field.path + "' is no path",
                "braces name several fields that move together", "write e.g. 'capex_paths.{amazon,meta}.2027'");
      for (const std::string& one : paths) {
        if (!varied.insert(one).second)
          problem(field.place, path + "." + one, "the field is swept twice", "one of them would have no effect",
                  "keep one of them");
      }
      const auto names_it = [&](const ReadOptions::Override& o) {
        return std::any_of(paths.begin(), paths.end(),
                           [&](const std::string& one) { return o.assignment.rfind(one + "=", 0) == 0; });
      };
      if (std::any_of(sweep.set.begin(), sweep.set.end(), names_it))
        problem(field.place, path + "." + field.path, "the field is set and swept", "one of them would have no effect",
                "take it out of 'set', or out of the design");
    }
  }

  void read_field(const ConfigNode::Entry& entry, const std::string& path, SweepSpec& sweep) {
    SweptField field{entry.key, {}, {}, entry.place};
    const ConfigNode& value = entry.value;
    if (value.kind == ConfigNode::Kind::list) {
      std::set<std::string> seen;
      for (const ConfigNode& item : value.items) {
        field.levels.push_back(one_line_yaml(item));
        if (!seen.insert(field.levels.back()).second && sweep.kind != DesignKind::zip)
          problem(item.place, path, "the level " + field.levels.back() + " stands twice", "points would be the same",
                  "keep one of them");
      }
      if (value.items.empty())
        problem(value.place, path, "there are no levels", "the sweep would have no point", "write e.g. [1, 2, 3]");
    } else if (is_sampled(sweep.kind) && value.kind == ConfigNode::Kind::map) {
      const std::size_t before = problems_.size();
      const RandomNumber number =
          read_random_number(value, [&](const Place& place, const std::string& what, const std::string& why,
                                        const std::string& hint) { problem(place, path, what, why, hint); });
      if (problems_.size() == before) field.distribution = number;
    } else if (is_sampled(sweep.kind)) {
      problem(value.place, path, "levels or a distribution stand here",
              "a field that does not vary belongs under 'set'", "write e.g. [1, 2, 3] or {uniform: [0, 10]}");
    } else {
      problem(value.place, path, "a list of levels stands here",
              value.kind == ConfigNode::Kind::map ? "a distribution has no levels; designs that sample take one" : "",
              "write e.g. [1, 2, 3]");
    }
    sweep.fields.push_back(std::move(field));
  }

  void check_numbers(const ConfigNode& design, const ConfigNode& fields, SweepSpec& sweep) {
    const ConfigNode* points = design.find("points");
    if (is_sampled(sweep.kind)) {
      if (points == nullptr)
        problem(fields.place, "design.points", "'points' is missing", "nothing says how many points are sampled",
                "add points: 64 beside '" + to_string(sweep.kind) + "'");
      else
        sweep.points = std::atoi(points->text.c_str());
      return;
    }
    if (points != nullptr)
      problem(points->place, "design.points", "a " + to_string(sweep.kind) + " has as many points as its levels say",
              "", "remove 'points'");
    if (sweep.kind != DesignKind::zip) return;
    for (const SweptField& field : sweep.fields) {
      if (field.levels.size() != sweep.fields.front().levels.size() && !field.levels.empty())
        problem(field.place, "design.zip." + field.path,
                std::to_string(field.levels.size()) + " levels where '" + sweep.fields.front().path + "' has " +
                    std::to_string(sweep.fields.front().levels.size()),
                "zip takes the levels of all fields side by side", "give all fields as many levels, or use a grid");
    }
  }

  void read_outputs(const ConfigNode& outputs, SweepSpec& sweep) {
    std::set<std::string> seen;
    for (std::size_t k = 0; k < outputs.items.size(); ++k) {
      const ConfigNode& item = outputs.items[k];
      Problem found{item.place, "outputs[" + std::to_string(k) + "]", "", "", ""};
      const std::optional<Statistic> statistic = parse_statistic(item.text, found);
      if (!statistic) {
        problems_.push_back(found);
        continue;
      }
      const std::string text = to_string(*statistic);
      if (!seen.insert(text).second) {
        problem(item.place, found.path, text + " stands twice", "its columns could not be told apart",
                "keep one of them");
        continue;
      }
      sweep.outputs.push_back({*statistic, text, item.place});
    }
    if (outputs.items.empty())
      problem(outputs.place, "outputs", "there are no outputs", "nothing would be told of the points",
              "write e.g. ['p05(exports.total.yoy@2027)']");
  }

  const ConfigNode& root_;
  const SweepSource& source_;
  std::vector<Problem>& problems_;
};

}  // namespace

std::string to_string(DesignKind kind) {
  switch (kind) {
    case DesignKind::grid: return "grid";
    case DesignKind::zip: return "zip";
    case DesignKind::latin_hypercube: return "latin_hypercube";
    case DesignKind::sobol: return "sobol";
    case DesignKind::saltelli: return "saltelli";
    case DesignKind::morris: return "morris";
  }
  return "";
}

std::vector<std::string> expanded_paths(const std::string& path) {
  const std::size_t open = path.find('{'), close = path.find('}');
  if (open == std::string::npos && close == std::string::npos) return {path};
  if (open == std::string::npos || close == std::string::npos || close < open) return {};
  std::vector<std::string> paths;
  for (std::size_t at = open + 1; at <= close;) {
    const std::size_t end = std::min(path.find(',', at), close);
    std::string name = path.substr(at, end - at);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    if (name.empty()) return {};
    for (const std::string& rest : expanded_paths(path.substr(close + 1)))
      paths.push_back(path.substr(0, open) + name + rest);
    at = end + 1;
  }
  return paths;
}

SweepSpec load_sweep(const std::string& what) {
  const SweepSource source = find_sweep(what);
  std::vector<Problem> problems;
  ConfigNode root = parse_yaml(source.text, source.label, problems);
  check_fields(root, sweep_fields(), "a sweep", "plimsoll_sweep: 1", problems);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  add_defaults(root, sweep_fields());
  SweepSpec sweep = SweepReader(root, source, problems).read();
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return sweep;
}

bool is_sweep(const std::string& what) {
  if (!is_path(what))
    return !shipped_file("scenarios/library/" + what + ".yaml") && shipped_file(kLibrary + what + ".yaml").has_value();
  std::error_code error;
  if (!fs::is_regular_file(what, error) || fs::file_size(what, error) > kLargestFile) return false;
  try {
    std::ifstream in(what, std::ios::binary);
    std::vector<Problem> ignored;
    return parse_yaml({std::istreambuf_iterator<char>(in), {}}, what, ignored).find("plimsoll_sweep") != nullptr;
  } catch (const InputError&) {
    return false;  // whoever reads it says why
  }
}

std::vector<ShippedSweep> shipped_sweeps() {
  std::vector<ShippedSweep> out;
  for (const std::string& path : shipped_files(kLibrary)) {
    std::vector<Problem> ignored;
    const ConfigNode root = parse_yaml(shipped_file(path).value_or(""), path, ignored);
    const ConfigNode* about = root.find("about");
    out.push_back({fs::path(path).stem(), text_of_both(root.find("title")),
                   about == nullptr ? "" : text_of(about->find("question"))});
  }
  return out;
}

}  // namespace plimsoll
