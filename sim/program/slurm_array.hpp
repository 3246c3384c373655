/// \file
/// Numbers of shards as sbatch's --array writes them, and how many shards a sweep is cut into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll {

/// `3,17,40-45` of ascending numbers, with `%limit` when no more than that many are to run at once.
std::string array_text(const std::vector<int>& shards, std::optional<int> limit = std::nullopt);

/// The same without a limit; shards in words for messages: `3, 17, 40-45`.
std::string shards_text(const std::vector<int>& shards);

/// Shards of about twenty minutes on the threads of one task, at least one and at most `points` and `most`.
/// \param point_seconds of one point on those threads
int fitting_shards(std::int64_t points, double point_seconds, int most);

/// A cluster that says nothing has MaxArraySize 1001; the highest index of an array is one less.
inline constexpr int kDefaultMostShards = 1000;

/// The highest array index by `scontrol show config`; nullopt when the text does not say.
std::optional<int> highest_index(const std::string& configuration);

}  // namespace plimsoll
