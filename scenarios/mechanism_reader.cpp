#include "scenarios/mechanism_reader.hpp"

#include "scenarios/distribution.hpp"

namespace plimsoll {

namespace {

RandomNumber random(const ConfigNode& node) {
  return read_random_number(node, [](const Place&, const std::string&, const std::string&, const std::string&) {});
}

std::optional<RandomNumber> maybe(const ConfigNode& parent, const char* key) {
  const ConfigNode* node = parent.find(key);
  return node == nullptr ? std::nullopt : std::optional<RandomNumber>(random(*node));
}

std::vector<std::string> names(const ConfigNode& node) {
  std::vector<std::string> out;
  if (node.kind == ConfigNode::Kind::scalar) out.push_back(node.text);
  for (const ConfigNode& item : node.items) out.push_back(item.text);
  return out;
}

FrontLoading read_front_loading(const ConfigNode& node) {
  FrontLoading front;
  front.payback_share = maybe(node, "payback_share");
  front.payback_months = maybe(node, "payback_months");
  if (const ConfigNode* stocks = node.find("inherited")) {
    for (const ConfigNode& stock : stocks->items) {
      front.inherited.push_back({names(*stock.find("products")), names(*stock.find("market")),
                                 random(*stock.find("usd_bn")), random(*stock.find("already_paid_frac")),
                                 random(*stock.find("payback_share")), random(*stock.find("over_months"))});
    }
  }
  return front;
}

}  // namespace

void read_mechanisms(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                     std::vector<Problem>& problems) {
  if (const ConfigNode* front = root.find("front_loading")) scenario.front_loading = read_front_loading(*front);
  if (const ConfigNode* diversion = root.find("diversion")) {
    scenario.diversion.share = maybe(*diversion, "share");
    if (const ConfigNode* enforcement = diversion->find("enforcement")) {
      const ConfigNode& from = *enforcement->find("from");
      scenario.diversion.enforcement =
          Diversion::Enforcement{*parse_month(from.text), random(*enforcement->find("cut_pct"))};
      if (scenario.diversion.enforcement->from <= catalog.as_of) {
        problems.push_back({from.place, "diversion.enforcement.from", from.text + " is already observed", "",
                            "use " + to_string(catalog.as_of + 1) + " or later"});
      }
    }
  }
}

}  // namespace plimsoll
