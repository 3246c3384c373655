#include "sim/counter_pages.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>

namespace plimsoll {

namespace {

constexpr std::uintptr_t kPage = 4096;

void populate([[maybe_unused]] void* values, [[maybe_unused]] std::size_t bytes, [[maybe_unused]] int threads,
              [[maybe_unused]] Scheduler scheduler) {
#ifdef MADV_POPULATE_WRITE
  constexpr std::size_t kAtOnce = std::size_t{4} << 20;
  if (values == nullptr || bytes < kAtOnce) return;
  // Whole pages inside the array: what shares a page with its ends is none of ours.
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(values) + kPage - 1) / kPage * kPage;
  const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(values) + bytes) / kPage * kPage;
  for_each_task(static_cast<std::int64_t>((end - begin + kAtOnce - 1) / kAtOnce), threads, scheduler,
                [&](std::int64_t task) {
                  const std::uintptr_t at = begin + static_cast<std::uintptr_t>(task) * kAtOnce;
                  // A refusal costs speed alone.
                  ::madvise(reinterpret_cast<void*>(at), std::min(kAtOnce, end - at), MADV_POPULATE_WRITE);
                });
#endif
}

}  // namespace

void populate_counters(Accumulator& accumulator, int threads, Scheduler scheduler) {
  if (accumulator.outputs() == 0) return;
  const CounterRow row = accumulator.counters();
  const auto outputs = static_cast<std::size_t>(accumulator.outputs());
  const auto all = [&](auto* values, int width) {
    populate(values, outputs * static_cast<std::size_t>(width) * sizeof(*values), threads, scheduler);
  };
  all(row.counts, kBins);
  all(row.weighted, kBins);
  all(row.replicate_counts, kReplicates * kCoarseBins);
  all(row.replicate_weighted, kReplicates * kCoarseBins);
}

}  // namespace plimsoll
