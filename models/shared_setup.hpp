/// \file
/// What many scenarios set up alike, worked out once: tables of quantiles, directions of Sobol dimensions, history.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace plimsoll {

/// While one lives, results of setting up that depend on less than the scenario are kept and shared: the points of a
/// sweep have them in common. All of it are pure functions of their keys, so no digit depends on it.
class SharedSetup {
 public:
  SharedSetup();
  ~SharedSetup();
  SharedSetup(const SharedSetup&) = delete;
  SharedSetup& operator=(const SharedSetup&) = delete;

  /// Another number each time that some live; 0: none does.
  static std::uint64_t generation();
};

/// Values of one kind by key. Threads may look at once.
template <class Key, class Value>
class SetupMemo {
 public:
  /// What make() gives, or gave before.
  template <class Make>
  std::shared_ptr<const Value> find(const Key& key, Make make) {
    if (auto before = known(key)) return before;
    return keep(key, std::make_shared<const Value>(make()));
  }
  /// What was kept of the key; null when nothing was, or nothing is shared now.
  std::shared_ptr<const Value> known(const Key& key) {
    const std::uint64_t now = SharedSetup::generation();
    if (now == 0) return nullptr;
    const std::lock_guard lock(guard_);
    if (generation_ != now || kept_.size() > kMostKept) kept_.clear();
    generation_ = now;
    const auto place = kept_.find(key);
    return place == kept_.end() ? nullptr : place->second;
  }
  /// The first that was kept of the key; where nothing is shared, what was handed in.
  std::shared_ptr<const Value> keep(const Key& key, std::shared_ptr<const Value> made) {
    if (SharedSetup::generation() == 0) return made;
    const std::lock_guard lock(guard_);
    return kept_.emplace(key, std::move(made)).first->second;
  }

 private:
  static constexpr std::size_t kMostKept = 4096;
  std::mutex guard_;
  std::uint64_t generation_ = 0;
  std::map<Key, std::shared_ptr<const Value>> kept_;
};

}  // namespace plimsoll
