#include "sim/for_each_task.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

namespace plimsoll {

namespace {

void on_tbb(std::int64_t tasks, int threads, const std::function<void(std::int64_t)>& f) {
  // More threads than the machine's cores only come with an explicit limit.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::int64_t>(0, tasks, 1),
        [&](const tbb::blocked_range<std::int64_t>& range) {
          for (std::int64_t task = range.begin(); task != range.end(); ++task) f(task);
        },
        tbb::simple_partitioner());
  });
}

void on_shuffled_threads(std::int64_t tasks, int threads, const std::function<void(std::int64_t)>& f) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(tasks));
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), std::mt19937_64(std::random_device{}()));
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  std::vector<std::thread> workers;
  for (int k = 0; k < threads; ++k) {
    workers.emplace_back([&] {
      try {
        for (std::size_t i = next++; i < order.size(); i = next++) f(order[i]);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!failure) failure = std::current_exception();
        next = order.size();
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

void for_each_task(std::int64_t tasks, int threads, Scheduler scheduler, const std::function<void(std::int64_t)>& f) {
  if (tasks <= 0) return;
  if (scheduler == Scheduler::tbb) {
    on_tbb(tasks, std::max(threads, 1), f);
  } else {
    on_shuffled_threads(tasks, std::max(threads, 1), f);
  }
}

}  // namespace plimsoll
