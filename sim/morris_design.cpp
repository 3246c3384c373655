#include <algorithm>
#include <numeric>

#include "sim/counted_words.hpp"
#include "sim/sampling_rules.hpp"

namespace plimsoll {

namespace {

class Morris final : public SamplingDesign::Rule {
 public:
  Morris(const std::vector<std::string>& names, std::int64_t trajectories, int levels, std::uint64_t seed)
      : Rule(trajectories * (static_cast<std::int64_t>(names.size()) + 1), static_cast<int>(names.size())),
        levels_(static_cast<std::uint64_t>(levels)) {
    for (const std::string& name : names) words_.emplace_back(seed, "design/morris/" + name);
  }

  /// A dimension starts on one of all levels and moves, when its turn comes, to the level half of them away. Turns go
  /// by rising random words, which makes every order equally likely.
  std::vector<double> at(std::int64_t point) const override {
    const auto steps = static_cast<std::uint64_t>(dimensions()) + 1;
    const std::uint64_t trajectory = static_cast<std::uint64_t>(point) / steps;
    const std::uint64_t step = static_cast<std::uint64_t>(point) % steps;
    std::vector<std::uint32_t> turn;
    for (const CountedWords& word : words_) turn.push_back(word(2 * trajectory + 1));
    std::vector<std::size_t> order(words_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return turn[a] < turn[b]; });
    std::vector<double> u(words_.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::uint64_t start = words_[order[k]].below(2 * trajectory, levels_);
      const std::uint64_t level = k < step ? (start + levels_ / 2) % levels_ : start;
      u[order[k]] = (static_cast<double>(level) + 0.5) / static_cast<double>(levels_);
    }
    return u;
  }

 private:
  std::uint64_t levels_;
  std::vector<CountedWords> words_;
};

}  // namespace

DesignRule morris_rule(const std::vector<std::string>& names, std::int64_t trajectories, int levels,
                       std::uint64_t seed) {
  return std::make_shared<Morris>(names, trajectories, levels, seed);
}

}  // namespace plimsoll
