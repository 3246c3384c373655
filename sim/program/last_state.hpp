/// \file
/// The last state of a run on its way to the disk, while the tables are made: a disk takes its time.
#pragma once

#include <future>
#include <utility>

namespace plimsoll {

class LastState {
 public:
  /// Begins to write; what was begun before comes first.
  template <class Write>
  void begin(Write write) {
    wait();
    writing_ = std::async(std::launch::async | std::launch::deferred, std::move(write));
  }
  /// Returns when it is on the disk. \throws what prevented it, once.
  void wait() {
    if (writing_.valid()) writing_.get();
  }

 private:
  std::future<void> writing_;
};

}  // namespace plimsoll
