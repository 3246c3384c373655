#include "scenarios/tariff_reader.hpp"

#include "scenarios/chain_reader.hpp"
#include "scenarios/node_values.hpp"

namespace plimsoll {

namespace {

class TariffReader {
 public:
  TariffReader(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems)
      : root_(root), catalog_(catalog), problems_(problems) {}

  void read(Scenario& s) {
    const ConfigNode* layers = root_.find("tariff_shocks");
    if (layers == nullptr) return;
    for (std::size_t k = 0; k < layers->items.size(); ++k) {
      const ConfigNode& node = layers->items[k];
      const std::string path = "tariff_shocks[" + std::to_string(k) + "]";
      TariffLayer layer;
      layer.name = text_of(node.find("name"));
      const std::vector<std::string> markets = names_of(node.find("market"));
      if (markets.size() != 1)
        problem(node.find("market")->place, path + ".market", "a layer has one market", "",
                "use a set of markets, or one layer each");
      layer.market = markets.empty() ? "" : markets.front();
      layer.products = names_of(node.find("products"));
      layer.except = names_of(node.find("except"));
      read_change(node, path, layer);
      layer.effective = *parse_date(text_of(node.find("effective")));
      if (node.find("announced") != nullptr) read_announced(*node.find("announced"), path, layer);
      if (node.find("expires") != nullptr) layer.expires = parse_date(text_of(node.find("expires")));
      layer.probability_pct = random_of(*node.find("probability_pct"));
      layer.all_suppliers = text_of(node.find("all_suppliers")) == "true";
      layer.authority = text_of(node.find("authority"));
      if (layer.expires && *layer.expires <= layer.effective)
        problem(node.find("expires")->place, path + ".expires", "the layer ends before it starts",
                "it is in force from effective to the day before expires", "give a later day");
      if (layer.effective.in_month() <= catalog_.as_of)
        problem(node.find("effective")->place, path + ".effective",
                "effective in " + to_string(layer.effective.in_month()) + ", which is already observed",
                "the calibration holds the tariffs up to " + to_string(catalog_.as_of),
                "use " + to_string(catalog_.as_of + 1) + " or later");
      if (layer.effective.in_month() > s.horizon)
        problem(node.find("effective")->place, path + ".effective",
                "effective after the horizon " + to_string(s.horizon), "it would have no effect",
                "remove it or move the horizon");
      for (const TariffLayer& other : s.tariff_shocks) {
        const bool before = other.expires && *other.expires <= layer.effective,
                   after = layer.expires && *layer.expires <= other.effective;
        if (other.name == layer.name && !before && !after)
          problem(node.find("name")->place, path + ".name", "two layers named '" + layer.name + "' overlap",
                  "their changes would be summed", "give them different names, or dates that do not overlap");
      }
      s.tariff_shocks.push_back(std::move(layer));
    }
  }

 private:
  void problem(const Place& place, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, path, what, why, hint});
  }

  /// One change, or a chain of regimes.
  void read_change(const ConfigNode& node, const std::string& path, TariffLayer& layer) {
    const ConfigNode *change = node.find("change_pp"), *regimes = node.find("regimes");
    if ((change == nullptr) == (regimes == nullptr)) {
      problem(change == nullptr ? node.place : change->place, path + ".change_pp",
              change == nullptr ? "the layer says by how much the rate changes neither in change_pp nor in regimes"
                                : "change_pp and regimes say the same thing twice",
              "", "give one of them");
      return;
    }
    if (change != nullptr) {
      layer.change_pp = random_of(*change);
      for (const char* unused : {"start_regime", "start_pct"}) {
        if (const ConfigNode* start = node.find(unused))
          problem(start->place, path + "." + unused, std::string(unused) + " has no effect without regimes", "",
                  "remove it");
      }
      return;
    }
    if (const ConfigNode* announced = node.find("announced"))
      problem(announced->place, path + ".announced", "a layer with regimes is not announced",
              "which regime comes is not known ahead", "remove it, or use layers with probabilities");
    ChainReader chain(node, path, problems_);
    if (chain.states().empty()) return;
    for (const ConfigNode::Entry* entry : chain.states()) {
      TariffRegime regime;
      static_cast<ChainState&>(regime) = chain.read_state(*entry);
      regime.change_pp = random_of(*entry->value.find("change_pp"));
      layer.regimes.push_back(std::move(regime));
    }
    layer.start_pct = chain.read_start();
  }

  void read_announced(const ConfigNode& node, const std::string& path, TariffLayer& layer) {
    layer.announced = parse_date(node.text);
    if (*layer.announced >= layer.effective)
      problem(node.place, path + ".announced", "the layer is announced after it takes effect",
              "goods are shipped ahead between the two days", "give an earlier day, or leave it out");
    if (layer.announced->in_month() <= catalog_.as_of)
      problem(node.place, path + ".announced",
              "announced in " + to_string(layer.announced->in_month()) + ", which is already observed",
              "what was shipped ahead by then is in the data",
              "put it into front_loading.inherited, or use " + to_string(catalog_.as_of + 1) + " or later");
  }

  const ConfigNode& root_;
  const IdCatalog& catalog_;
  std::vector<Problem>& problems_;
};

}  // namespace

void read_tariffs(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                  std::vector<Problem>& problems) {
  TariffReader(root, catalog, problems).read(scenario);
}

}  // namespace plimsoll
