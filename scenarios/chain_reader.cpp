#include "scenarios/chain_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kMostStates = 8;

}  // namespace

ChainReader::ChainReader(const ConfigNode& parent, std::string path, std::vector<Problem>& problems)
    : parent_(parent), path_(std::move(path)), problems_(problems) {
  const ConfigNode& table = *parent_.find("regimes");
  if (table.entries.size() < 2) {
    problem(table.place, "regimes", "there are fewer than two regimes", "nothing could switch",
            "add another, or leave out regimes");
    return;
  }
  if (table.entries.size() > kMostStates)
    problem(table.place, "regimes", "there are more than eight regimes", "", "merge some");
  for (const ConfigNode::Entry& entry : table.entries) states_.push_back(&entry);
  std::sort(states_.begin(), states_.end(),
            [](const ConfigNode::Entry* a, const ConfigNode::Entry* b) { return a->key < b->key; });
  for (const ConfigNode::Entry* entry : states_) names_.push_back(entry->key);
}

void ChainReader::problem(const Place& place, const std::string& field, const std::string& what, const std::string& why,
                          const std::string& hint) {
  problems_.push_back({place, path_ + "." + field, what, why, hint});
}

ChainState ChainReader::read_state(const ConfigNode::Entry& entry) {
  const std::string here = "regimes." + entry.key;
  if (!is_plain_name(entry.key))
    problem(entry.place, here, "'" + entry.key + "' is no name", "", "use letters, digits, - and _");
  ChainState state;
  state.name = entry.key;
  const ConfigNode *duration = entry.value.find("duration_months"), *next = entry.value.find("next_pct");
  if ((duration == nullptr) == (next == nullptr)) {
    problem(entry.place, here, "regime " + entry.key + " needs one of duration_months and next_pct",
            "the row of probabilities says how long it lasts",
            duration == nullptr ? "add duration_months: .." : "remove one of them");
  } else if (duration != nullptr) {
    state.duration_months = random_of(*duration);
  } else {
    state.next_pct = read_row(*next, here + ".next_pct");
  }
  return state;
}

std::vector<RandomNumber> ChainReader::read_start() {
  const ConfigNode *name = parent_.find("start_regime"), *chances = parent_.find("start_pct");
  if ((name == nullptr) == (chances == nullptr)) {
    problem(name == nullptr ? parent_.find("regimes")->place : name->place, "start_regime",
            name == nullptr ? "the regime at as_of is missing" : "start_regime and start_pct say the same thing twice",
            "", "give start_regime: " + names_.front() + " or start_pct, not both");
    return {};
  }
  if (chances != nullptr) return read_row(*chances, "start_pct");
  std::vector<RandomNumber> start;
  if (!known(name->text, name->place, "start_regime")) return start;
  for (const std::string& regime : names_) start.push_back(RandomNumber::fixed(regime == name->text ? 100 : 0));
  return start;
}

bool ChainReader::known(const std::string& name, const Place& place, const std::string& field) {
  if (std::find(names_.begin(), names_.end(), name) != names_.end()) return true;
  const std::string near = nearest_name(name, names_);
  std::string all;
  for (const std::string& regime : names_) all += (all.empty() ? "" : ", ") + regime;
  problem(place, field, "unknown regime '" + name + "'", "",
          near.empty() ? "regimes are " + all : "did you mean '" + near + "'?");
  return false;
}

/// Probabilities by state; a state that is not named has none.
std::vector<RandomNumber> ChainReader::read_row(const ConfigNode& row, const std::string& field) {
  std::vector<RandomNumber> out(names_.size(), RandomNumber::fixed(0));
  double sum = 0;
  for (const ConfigNode::Entry& entry : row.entries) {
    if (!known(entry.key, entry.place, field + "." + entry.key)) return out;
    const auto place = std::find(names_.begin(), names_.end(), entry.key) - names_.begin();
    RandomNumber& chance = out[static_cast<std::size_t>(place)];
    chance = random_of(entry.value);
    sum += median(chance);
  }
  if (std::abs(sum - 100) > 1e-6)
    problem(row.place, field, "the probabilities add up to " + shortest(sum) + ", not 100",
            "distributions count by their medians", "make them add up to 100");
  return out;
}

}  // namespace plimsoll
