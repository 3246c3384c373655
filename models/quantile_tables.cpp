#include "models/quantile_tables.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "models/model_plan.hpp"
#include "models/shared_setup.hpp"

namespace plimsoll {

namespace {

using Key = std::pair<RandomNumber::Kind, std::vector<double>>;

/// One for each distribution where scenarios share their setting up.
SetupMemo<Key, std::vector<float>>& memo() {
  static SetupMemo<Key, std::vector<float>> all;
  return all;
}

void fill_knots(const RandomNumber& value, std::vector<float>& knots) {
  for (int k = 0; k < kQuantileKnots; ++k) {
    const double z = kQuantileReach * (2.0 * k / (kQuantileKnots - 1) - 1.0);
    knots[static_cast<std::size_t>(k)] = static_cast<float>(quantile_at_normal(value, z));
  }
}

}  // namespace

std::shared_ptr<const std::vector<float>> QuantileTables::table_of(const RandomNumber& value) {
  const Key key{value.kind, value.args};
  if (auto known = memo().known(key)) return known;
  const auto [place, is_new] = wanted_.try_emplace(key);
  if (is_new) place->second = std::make_shared<std::vector<float>>(kQuantileKnots);
  return place->second;
}

void QuantileTables::fill() {
  // A table takes some tenths of a millisecond, a thread less than one of them to begin.
  constexpr std::size_t kMostThreads = 8, kTablesPerThread = 4;
  std::vector<std::pair<RandomNumber, std::vector<float>*>> tables;
  for (const auto& [key, knots] : wanted_) tables.emplace_back(RandomNumber{key.first, key.second}, knots.get());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t k = next++; k < tables.size(); k = next++) fill_knots(tables[k].first, *tables[k].second);
  };
  const std::size_t threads = std::min(
      {kMostThreads, tables.size() / kTablesPerThread, static_cast<std::size_t>(std::thread::hardware_concurrency())});
  {
    std::vector<std::future<void>> others;  // deferred where the system gives no thread
    for (std::size_t k = 1; k < threads; ++k)
      others.push_back(std::async(std::launch::async | std::launch::deferred, work));
    work();
    for (std::future<void>& other : others) other.get();
  }
  for (const auto& [key, knots] : wanted_) memo().keep(key, knots);
  wanted_.clear();
}

}  // namespace plimsoll
