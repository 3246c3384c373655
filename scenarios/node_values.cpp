#include "scenarios/node_values.hpp"

#include <algorithm>
#include <cctype>

#include "scenarios/distribution.hpp"

namespace plimsoll {

RandomNumber random_of(const ConfigNode& node) {
  return read_random_number(node, [](const Place&, const std::string&, const std::string&, const std::string&) {});
}

std::optional<RandomNumber> maybe_random(const ConfigNode* parent, const char* key) {
  const ConfigNode* node = parent == nullptr ? nullptr : parent->find(key);
  return node == nullptr ? std::nullopt : std::optional<RandomNumber>(random_of(*node));
}

std::vector<std::string> names_of(const ConfigNode* node) {
  std::vector<std::string> out;
  if (node == nullptr) return out;
  if (node->kind == ConfigNode::Kind::scalar) out.push_back(node->text);
  for (const ConfigNode& item : node->items) out.push_back(item.text);
  return out;
}

std::string text_of(const ConfigNode* node) { return node == nullptr ? "" : node->text; }

Text text_of_both(const ConfigNode* node) {
  return node == nullptr ? Text{} : Text{text_of(node->find("en")), text_of(node->find("zh"))};
}

bool is_plain_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

}  // namespace plimsoll
