#include "sim/program/slurm_array.hpp"

#include <algorithm>
#include <cmath>

#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

/// Long enough that the start of a task and its turn in the queue do not count, short enough to be lost.
constexpr double kShardSeconds = 20 * 60;

std::string ranges(const std::vector<int>& numbers, const char* between) {
  std::string text;
  for (std::size_t k = 0; k < numbers.size();) {
    std::size_t last = k;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : between) + std::to_string(numbers[k]);
    if (last == k + 1) text += between + std::to_string(numbers[last]);
    if (last > k + 1) text += "-" + std::to_string(numbers[last]);
    k = last + 1;
  }
  return text;
}

}  // namespace

std::string array_text(const std::vector<int>& shards, std::optional<int> limit) {
  return ranges(shards, ",") + (limit ? "%" + std::to_string(*limit) : "");
}

std::string shards_text(const std::vector<int>& shards) { return ranges(shards, ", "); }

int fitting_shards(std::int64_t points, double point_seconds, int most) {
  const double wanted = std::ceil(static_cast<double>(points) * point_seconds / kShardSeconds);
  const std::int64_t at_most = std::max<std::int64_t>(1, std::min<std::int64_t>(points, most));
  if (!(wanted < static_cast<double>(at_most))) return static_cast<int>(at_most);
  return std::max(1, static_cast<int>(wanted));
}

std::optional<int> highest_index(const std::string& configuration) {
  const std::string name = "MaxArraySize";
  const std::size_t at = configuration.find(name);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t first = configuration.find_first_of("0123456789\n", at);
  const std::size_t end = configuration.find_first_not_of("0123456789", first);
  if (first == std::string::npos) return std::nullopt;
  const auto size = parse_integer(configuration.substr(first, end - first), 2, 100'000'000);
  return size ? std::optional(static_cast<int>(*size - 1)) : std::nullopt;
}

}  // namespace plimsoll
