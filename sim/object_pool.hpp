/// \file
/// Objects that tasks take and give back, so that each is used by one task at a time.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace plimsoll {

template <class T>
class ObjectPool {
 public:
  /// An idle object; null when all are in use.
  std::unique_ptr<T> take() {
    const std::lock_guard lock(guard_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<T> object = std::move(idle_.back());
    idle_.pop_back();
    return object;
  }
  void give(std::unique_ptr<T> object) {
    const std::lock_guard lock(guard_);
    idle_.push_back(std::move(object));
  }
  /// Those that are idle; call when no task runs.
  std::vector<std::unique_ptr<T>>& all() { return idle_; }

 private:
  std::mutex guard_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace plimsoll
