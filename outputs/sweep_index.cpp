#include "outputs/sweep_index.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace plimsoll {

SweepIndex::SweepIndex(const SweepPlan& plan, const std::vector<std::filesystem::path>& files)
    : files_(files), places_(plan.points.size()) {
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const StoredResults stored = read_results(files_[f]);
    if (stored.state == StoredResults::State::damaged) damaged_.push_back(files_[f]);
    if (!belongs(plan, stored)) continue;
    for (const PointLine& line : lines_of(stored.text)) {
      if (line.point < 0 || line.point >= plan.point_count()) continue;
      Place& place = places_[static_cast<std::size_t>(line.point)];
      const Status status = line.failed ? Status::failed : Status::done;
      if (place.status == Status::done || (place.status == Status::failed && status == Status::failed)) continue;
      place = {status, static_cast<std::uint32_t>(f), static_cast<std::uint32_t>(line.length),
               stored.text_at + line.at};
    }
  }
}

std::int64_t SweepIndex::count(Status status) const {
  return std::count_if(places_.begin(), places_.end(), [&](const Place& place) { return place.status == status; });
}

PointOutcome SweepIndex::read(std::int64_t point) const {
  const Place& place = places_[static_cast<std::size_t>(point)];
  std::ifstream in(files_[place.file], std::ios::binary);
  in.seekg(static_cast<std::streamoff>(place.at));
  std::string line(place.length, '\0');
  in.read(line.data(), static_cast<std::streamsize>(line.size()));
  const std::string begin = std::to_string(point + 1) + (place.status == Status::failed ? " failed " : " ok ");
  if (!in || in.get() != '\n' || line.rfind(begin, 0) != 0)
    throw std::runtime_error(
        "'" + files_[place.file].string() +
        "' has changed while it was read: a shard is still running; merge again when it has ended");
  return outcome_of(line);
}

std::string SweepIndex::missing_text() const {
  std::string text;
  const auto points = static_cast<std::int64_t>(places_.size());
  constexpr int kMostSpans = 20;
  int spans = 0;
  for (std::int64_t k = 0; k < points; ++k) {
    if (status(k) != Status::missing) continue;
    std::int64_t last = k;
    while (last + 1 < points && status(last + 1) == Status::missing) ++last;
    if (++spans > kMostSpans) return text + ", ..";
    text += (text.empty() ? "" : ", ") + std::to_string(k + 1) + (last > k ? " to " + std::to_string(last + 1) : "");
    k = last;
  }
  return text;
}

}  // namespace plimsoll
