#include "scenarios/set_reader.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

using Of = SetDefinition::Of;
const std::string kCode = "hs:";

bool is(const ConfigNode* node, ConfigNode::Kind kind) { return node != nullptr && node->kind == kind; }

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// A set as written.
struct Written {
  SetDefinition set;
  const ConfigNode* node = nullptr;  ///< its members
  std::string path;
  struct Member {
    std::string name;
    Place place;
    double weight = 1;
  };
  std::vector<Member> members;
};

class SetReader {
 public:
  SetReader(const IdCatalog& catalog, std::vector<Problem>& problems) : catalog_(catalog), problems_(problems) {}

  std::vector<SetDefinition> read(const ConfigNode& list) {
    for (std::size_t k = 0; k < list.items.size(); ++k) read_one(list.items[k], "sets[" + std::to_string(k) + "]");
    std::vector<SetDefinition> out;
    for (const Written& one : written_) {
      std::vector<const Written*> chain;
      SetDefinition set = one.set;
      set.weight_frac = resolve(one, chain);
      for (const auto& [id, weight] : set.weight_frac) {
        // A little above 1 is rounding of weights that were meant to add up to it.
        if (weight > 1 + 1e-9)
          problem(one.node->place, one.path + ".members", "'" + id + "' is counted " + shortest(weight) + " times",
                  "members that share an id add up", "take it out of one of them, or give weights");
      }
      out.push_back(std::move(set));
    }
    return out;
  }

 private:
  void problem(const Place& place, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, path, what, why, hint});
  }

  void read_one(const ConfigNode& node, const std::string& path) {
    const ConfigNode *name = node.find("name"), *of = node.find("of"), *members = node.find("members");
    if (!is(name, ConfigNode::Kind::scalar) || members == nullptr || members->kind == ConfigNode::Kind::scalar ||
        members->kind == ConfigNode::Kind::null)
      return;  // refused by the field table
    Written one;
    one.path = path;
    one.node = members;
    one.set.name = name->text;
    if (is(of, ConfigNode::Kind::scalar) && of->text != "markets" && of->text != "imports" && of->text != "products")
      return;  // refused as well
    if (is(of, ConfigNode::Kind::scalar))
      one.set.of = of->text == "markets" ? Of::markets : of->text == "imports" ? Of::imports : Of::products;
    if (const ConfigNode* title = node.find("title")) {
      const ConfigNode *en = title->find("en"), *zh = title->find("zh");
      one.set.title = {en == nullptr ? "" : en->text, zh == nullptr ? "" : zh->text};
    }
    std::set<std::string> seen;
    const auto add = [&](const std::string& member, const Place& place, double weight) {
      if (!seen.insert(member).second)
        problem(place, path + ".members", "member '" + member + "' stands twice", "", "keep one of them");
      else
        one.members.push_back({member, place, weight});
    };
    for (const ConfigNode& item : members->items) add(item.text, item.place, 1);
    for (const ConfigNode::Entry& entry : members->entries)
      add(entry.key, entry.place, std::clamp(parse_double(entry.value.text).value_or(0), 0.0, 1.0));
    check_name(*name, path, one.set);
    written_.push_back(std::move(one));
  }

  void check_name(const ConfigNode& name, const std::string& path, const SetDefinition& set) {
    const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; };
    if (name.text.empty() || !std::all_of(name.text.begin(), name.text.end(), plain)) {
      problem(name.place, path + ".name", "'" + name.text + "' is no name", "it becomes a part of series' names",
              "use letters, digits, - and _");
      return;
    }
    const auto among = [&](const std::vector<std::string>& ids) {
      return std::find(ids.begin(), ids.end(), set.name) != ids.end();
    };
    // A set of products and one of imports may share a name: the two sides of a balance.
    const auto same_side = [&](const SetDefinition& other) {
      return other.name == set.name && (other.of == Of::imports) == (set.of == Of::imports);
    };
    const bool taken =
        set.name == "all" || set.name == "ai" || among(catalog_.products) || among(catalog_.markets) ||
        among(catalog_.imports) || std::any_of(catalog_.sets.begin(), catalog_.sets.end(), same_side) ||
        std::any_of(written_.begin(), written_.end(), [&](const Written& w) { return same_side(w.set); });
    if (taken)
      problem(name.place, path + ".name", "'" + set.name + "' is taken", "a name means one thing",
              "choose another name");
  }

  const std::vector<std::string>& ids_of(Of of) const {
    return of == Of::products ? catalog_.products : of == Of::markets ? catalog_.markets : catalog_.imports;
  }

  /// Weights by id; `chain` holds the sets on the way here.
  std::map<std::string, double> resolve(const Written& one, std::vector<const Written*>& chain) {
    if (const auto done = resolved_.find(&one); done != resolved_.end()) return done->second;
    std::map<std::string, double> weights;
    chain.push_back(&one);
    for (const Written::Member& member : one.members) {
      for (const auto& [id, weight] : weights_of(one, member, chain)) weights[id] += member.weight * weight;
    }
    chain.pop_back();
    return resolved_[&one] = weights;
  }

  std::map<std::string, double> weights_of(const Written& one, const Written::Member& member,
                                           std::vector<const Written*>& chain) {
    const Of of = one.set.of;
    const std::vector<std::string>& ids = ids_of(of);
    if (std::find(ids.begin(), ids.end(), member.name) != ids.end()) return {{member.name, 1.0}};
    if (member.name == "all") {
      std::map<std::string, double> all;
      for (const std::string& id : ids) all[id] = 1;
      return all;
    }
    for (const SetDefinition& known : catalog_.sets) {
      if (known.name == member.name && known.of == of) return known.weight_frac;
    }
    for (const Written& other : written_) {
      if (other.set.name != member.name || other.set.of != of) continue;
      if (std::find(chain.begin(), chain.end(), &other) == chain.end()) return resolve(other, chain);
      problem(member.place, one.path + ".members", "set '" + one.set.name + "' contains itself", "",
              "take '" + member.name + "' out");
      return {};
    }
    unknown(one, member);
    return {};
  }

  void unknown(const Written& one, const Written::Member& member) {
    std::vector<std::string> codes, names = ids_of(one.set.of);
    for (const SetDefinition& known : catalog_.sets) {
      if (known.of == one.set.of) (known.name.starts_with(kCode) ? codes : names).push_back(known.name);
    }
    for (const Written& other : written_) {
      if (other.set.of == one.set.of && &other != &one) names.push_back(other.set.name);
    }
    const std::string where = one.path + ".members", calibration = "calibration " + catalog_.calibration;
    if (member.name.starts_with(kCode)) {
      problem(member.place, where, "customs code '" + member.name + "' is not known",
              calibration + " does not know what share of a group it is",
              codes.empty() ? "name groups instead" : "known: " + list_of(codes));
      return;
    }
    const std::string near = nearest_name(member.name, names);
    problem(member.place, where, "unknown member '" + member.name + "'",
            calibration + " has no such " +
                (one.set.of == Of::markets   ? "market"
                 : one.set.of == Of::imports ? "import product"
                                             : "product"),
            names.empty()  ? "this calibration has none"
            : near.empty() ? "known: " + list_of(names)
                           : "did you mean '" + near + "'?");
  }

  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
  std::vector<Written> written_;
  std::map<const Written*, std::map<std::string, double>> resolved_;  ///< so that each is told of its problems once
};

}  // namespace

std::vector<SetDefinition> read_scenario_sets(const ConfigNode& root, IdCatalog& catalog,
                                              std::vector<Problem>& problems) {
  const ConfigNode* list = root.find("sets");
  if (!is(list, ConfigNode::Kind::list)) return {};
  std::vector<SetDefinition> sets = SetReader(catalog, problems).read(*list);
  for (const SetDefinition& set : sets) {
    const bool exports = set.of != Of::imports;
    if (!exports) catalog.import_sets.push_back(set.name);
    if (exports) (set.of == Of::products ? catalog.product_sets : catalog.market_sets).push_back(set.name);
    catalog.series.push_back((exports ? "exports." : "imports.") +
                             std::string(set.of == Of::markets ? "market." : "chain.") + set.name);
  }
  for (const SetDefinition& set : sets) {
    const auto known = [&](const std::string& series) {
      return std::find(catalog.series.begin(), catalog.series.end(), series) != catalog.series.end();
    };
    const std::string chain = "chain." + set.name;
    if (known("exports." + chain) && known("imports." + chain) && !known("balance." + chain))
      catalog.series.push_back("balance." + chain);
  }
  return sets;
}

}  // namespace plimsoll
