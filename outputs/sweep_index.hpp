/// \file
/// Which points of a sweep are done, and where their results stand on disk; the results themselves stay there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "outputs/sweep_results.hpp"

namespace plimsoll {

class SweepIndex {
 public:
  enum class Status : char { missing, done, failed };

  /// Looks through the files one by one. A point that is done in any of them is done.
  /// \throws InputError (incompatible) for a file of another plan
  SweepIndex(const SweepPlan& plan, const std::vector<std::filesystem::path>& files);

  Status status(std::int64_t point) const { return places_[static_cast<std::size_t>(point)].status; }
  std::int64_t count(Status status) const;
  /// Of a point that is not missing. \throws std::runtime_error when the file has changed meanwhile
  PointOutcome read(std::int64_t point) const;
  /// Files that are cut short or altered: their points count as missing.
  const std::vector<std::filesystem::path>& damaged() const { return damaged_; }
  /// Points that are not done, as people write them: `3, 17 to 40`.
  std::string missing_text() const;

 private:
  struct Place {
    Status status = Status::missing;
    std::uint32_t file = 0, length = 0;
    std::uint64_t at = 0;
  };
  std::vector<std::filesystem::path> files_, damaged_;
  std::vector<Place> places_;
};

}  // namespace plimsoll
