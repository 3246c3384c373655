#include "scenarios/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "scenarios/csv.hpp"

namespace plimsoll {

const ConfigNode* ConfigNode::find(const std::string& key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}
ConfigNode* ConfigNode::find(const std::string& key) { return const_cast<ConfigNode*>(std::as_const(*this).find(key)); }

namespace {

constexpr std::size_t kDeepest = 64;

/// Signs that look like YAML's and are none: of Chinese input methods, and of text that was copied from a page.
std::string wide_sign(const std::string& text) {
  const auto holds = [&](const char* sign) { return text.find(sign) != std::string::npos; };
  if (holds("\uFF1A")) return "a full-width colon";
  if (holds("\uFF0C")) return "a full-width comma";
  if (holds("\u3000")) return "a full-width blank";
  if (holds("\u00A0")) return "a blank that does not break";
  return "";
}

/// What may be wrong at a line that is no YAML; the cause may stand on the line before.
std::string syntax_hint(const std::string& text, int line) {
  std::istringstream in(text);
  std::string near;
  std::string one;
  bool tab = false;
  for (int k = 0; k <= line && std::getline(in, one); ++k) {
    if (k + 1 < line) continue;
    near += one + "\n";
    tab = tab || one.substr(0, one.find_first_not_of(" \t")).find('\t') != std::string::npos;
  }
  if (tab) return "a tab stands at the beginning of the line: indent with blanks";
  if (const std::string wide = wide_sign(near); !wide.empty()) return "there is " + wide + ": write the plain one";
  return "check indentation, colons and brackets around this place";
}

[[noreturn]] void refuse(const Place& place, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{place, "", what, "", hint}});
}

/// Builds the tree from yaml-cpp's events, which (unlike its nodes) show doubled keys.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string file, std::vector<Problem>& problems) : file_(std::move(file)), problems_(problems) {}

  ConfigNode root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    leaf(mark, "", ConfigNode::Kind::null, false, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problem(mark, "aliases (*name) are not supported", "write the value out, or use extends");
    leaf(mark, "", ConfigNode::Kind::null, false, 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (!tag.empty() && tag != "?" && tag != "!")
      problem(mark, "tags (" + tag + ") are not supported", "remove the tag");
    const bool null = tag != "!" && (value == "~" || value == "null" || value.empty());
    leaf(mark, value, null ? ConfigNode::Kind::null : ConfigNode::Kind::scalar, tag == "!", anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, ConfigNode::Kind::list, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, ConfigNode::Kind::map, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    ConfigNode node;
    std::optional<ConfigNode> key;
  };

  Place place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
  void problem(const YAML::Mark& mark, const std::string& what, const std::string& hint) {
    problems_.push_back({place(mark), "", what, "", hint});
  }
  void leaf(const YAML::Mark& mark, const std::string& text, ConfigNode::Kind kind, bool quoted,
            YAML::anchor_t anchor) {
    if (anchor != 0) problem(mark, "anchors (&name) are not supported", "write the value out, or use extends");
    const auto control = [](unsigned char c) { return (c < ' ' && c != '\n' && c != '\t') || c == '\x7f'; };
    if (std::any_of(text.begin(), text.end(), control))
      problem(mark, "a control character in the text", "remove it: no report could show it");
    ConfigNode node;
    node.kind = kind;
    node.text = text;
    node.quoted = quoted;
    node.place = place(mark);
    add(std::move(node));
  }
  void open(const YAML::Mark& mark, ConfigNode::Kind kind, YAML::anchor_t anchor) {
    if (anchor != 0) problem(mark, "anchors (&name) are not supported", "write the value out, or use extends");
    if (levels_.size() >= kDeepest)
      refuse(place(mark), "the file is nested deeper than " + std::to_string(kDeepest) + " levels",
             "a scenario needs no more than six");
    Level level;
    level.node.kind = kind;
    level.node.place = place(mark);
    levels_.push_back(std::move(level));
  }
  void close() {
    ConfigNode node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
  }
  void add(ConfigNode node) {
    if (levels_.empty()) {
      root = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == ConfigNode::Kind::list) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      if (node.kind != ConfigNode::Kind::scalar)
        problems_.push_back({node.place, "", "a key must be plain text", "", "write key: value"});
      if (node.text == "<<") {
        problems_.push_back({node.place, "", "merge keys (<<) are not supported",
                             "where a value comes from must be visible",
                             "use extends: NAME to build on another scenario"});
      } else if (level.node.find(node.text) != nullptr) {
        problems_.push_back({node.place, "", "key '" + node.text + "' stands twice",
                             "one of the two values would be lost", "keep one of them"});
      }
      if (const std::string wide = wide_sign(node.text); !wide.empty())
        problems_.push_back({node.place, "", "the key '" + node.text + "' holds " + wide,
                             "to YAML it is a letter of the key", "write key: value, with a plain colon and a blank"});
      level.key = std::move(node);
    } else {
      if (node.kind == ConfigNode::Kind::null) node.place = level.key->place;  // nothing stands there: point at the key
      if (level.key->text != "<<" && level.node.find(level.key->text) == nullptr)
        level.node.entries.push_back({level.key->text, level.key->place, std::move(node)});
      level.key.reset();
    }
  }

  std::string file_;
  std::vector<Problem>& problems_;
  std::vector<Level> levels_;
};

}  // namespace

ConfigNode parse_yaml(const std::string& text, const std::string& file, std::vector<Problem>& problems) {
  if (const std::size_t bad = std::min(invalid_utf8(text), text.find('\0')); bad != std::string::npos) {
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n') + 1;
    const std::size_t start = text.rfind('\n', bad);
    refuse({file, static_cast<int>(line), static_cast<int>(start == std::string::npos ? bad + 1 : bad - start)},
           "a byte that is no UTF-8 text", "save the file as UTF-8");
  }
  Builder builder(file, problems);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) refuse({file, 1, 1}, "the file is empty", "start with plimsoll: 1");
    std::vector<Problem> ignored;
    Builder second(file, ignored);
    if (parser.HandleNextDocument(second))
      problems.push_back({second.root.place, "", "a second document in the file", "a file holds one scenario",
                          "remove everything from '---' on"});
  } catch (const YAML::Exception& error) {
    refuse({file, error.mark.line + 1, error.mark.column + 1}, "not valid YAML: " + error.msg,
           syntax_hint(text, error.mark.line));
  }
  return std::move(builder.root);
}

}  // namespace plimsoll
