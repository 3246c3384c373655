/// \file
/// Reads the states of a Markov chain: their names, where each goes, and where the chain is at as_of.
#pragma once

#include <string>
#include <vector>

#include "scenarios/input_error.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// A map with `regimes`, and `start_regime` or `start_pct`. States are sorted by name, so that their order in the file
/// changes no digit.
class ChainReader {
 public:
  /// \param parent the map; its `regimes` exist \param path of the map, for messages
  ChainReader(const ConfigNode& parent, std::string path, std::vector<Problem>& problems);

  /// Two to eight states, in the order of their names; empty after a problem.
  const std::vector<const ConfigNode::Entry*>& states() const { return states_; }
  /// Name, duration or row of probabilities of a state.
  ChainState read_state(const ConfigNode::Entry& entry);
  /// Probabilities of the states at as_of.
  std::vector<RandomNumber> read_start();

 private:
  void problem(const Place& place, const std::string& field, const std::string& what, const std::string& why,
               const std::string& hint);
  bool known(const std::string& name, const Place& place, const std::string& field);
  std::vector<RandomNumber> read_row(const ConfigNode& row, const std::string& field);

  const ConfigNode& parent_;
  std::string path_;
  std::vector<Problem>& problems_;
  std::vector<std::string> names_;
  std::vector<const ConfigNode::Entry*> states_;
};

}  // namespace plimsoll
