#include "sim/sensitivity_paths.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "scenarios/sha256.hpp"
#include "sim/for_each_task.hpp"
#include "sim/object_pool.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kLanes = kBlockPaths;
constexpr std::uint64_t kOtherPaths = std::uint64_t{1} << 39;  ///< far from any path of a run

/// One thread's rows of normals: the base draw A, B where it is needed, and those that are simulated.
class Sampler {
 public:
  Sampler(const NormalSpace& space, const Kernels& kernel, const std::vector<SensitivityInput>& inputs)
      : space_(space), kernel_(kernel), inputs_(inputs), memory_(space.model()) {}

  void draw(std::uint64_t path0, bool both) {
    path0_ = path0;
    fill("sensitivity/a", a_);
    if (both) fill("sensitivity/b", b_);
    for (const int d : space_.model().draw_plan.drawn) copy(a_, static_cast<std::size_t>(d));
  }
  /// How far along each input's direction the base draw is. For holding.
  void project() {
    along_.assign(inputs_.size() * kLanes, 0.0);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      for (const auto& [d, weight] : inputs_[i].direction) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          along_[i * kLanes + lane] += weight * static_cast<double>(a_[d * kLanes + lane]);
      }
    }
  }
  void simulate_held(const HeldPoint& point) {
    const Workspace& w = memory_.rows();
    const View<float>& usual = space_.model().parameter_default;
    for (const HeldInput& held : point) {
      const SensitivityInput& input = inputs_[held.input];
      if (input.event != kNone) {
        std::fill_n(w.parameter[input.event].at, kLanes, held.z < 0 ? 0.0F : 100.0F);
        continue;
      }
      const double* along = along_.data() + held.input * kLanes;
      for (const auto& [d, weight] : input.direction) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          w.sobol[d].at[lane] =
              static_cast<float>(static_cast<double>(a_[d * kLanes + lane]) + weight * (held.z - along[lane]));
      }
    }
    kernel_.simulate(space_.model(), path0_, Drawing::given, 0, w);
    for (const HeldInput& held : point) {
      const SensitivityInput& input = inputs_[held.input];
      if (input.event != kNone) std::fill_n(w.parameter[input.event].at, kLanes, usual[input.event]);
      for (const auto& [d, weight] : input.direction) copy(a_, d);
    }
  }
  enum class Others { as_a, as_b };
  /// `input`: from B; null: none.
  void simulate_exchanged(const SensitivityInput* input, Others others) {
    if (input != nullptr) {
      for (const std::size_t d : input->dimensions) copy(b_, d);
    }
    kernel_.simulate(space_.model(), path0_ + (others == Others::as_b ? kOtherPaths : 0), Drawing::given, 0,
                     memory_.rows());
    if (input != nullptr) {
      for (const std::size_t d : input->dimensions) copy(a_, d);
    }
  }
  void simulate_b() {
    for (const int d : space_.model().draw_plan.drawn) copy(b_, static_cast<std::size_t>(d));
    simulate_exchanged(nullptr, Others::as_b);
    for (const int d : space_.model().draw_plan.drawn) copy(a_, static_cast<std::size_t>(d));
  }
  /// Values of the outputs on the paths just simulated go to a set, as far as it reaches.
  void tell(const std::vector<OutputPlan>& outputs, std::size_t set, std::size_t first, PathValues& to) {
    block_.resize(outputs.size() * kLanes);
    kernel_.evaluate(outputs.data(), static_cast<int>(outputs.size()), space_.model(), memory_.rows(), block_.data());
    const std::size_t count = std::min(kLanes, to.paths - first);
    for (std::size_t o = 0; o < outputs.size(); ++o)
      std::copy_n(block_.data() + o * kLanes, count, to.values.data() + (set * to.outputs + o) * to.paths + first);
  }

 private:
  void fill(const char* name, std::vector<float>& rows) const {
    const DrawPlan& draws = space_.model().draw_plan;
    const std::uint64_t stream = sha256_prefix64(name);
    rows.resize(space_.dimensions() * kLanes);
    alignas(64) float four[4 * kLanes];
    std::uint32_t drawn = ~std::uint32_t{0};
    for (const int d : draws.drawn) {
      const auto draw = static_cast<std::uint32_t>(d) / 4;
      if (draw != drawn) kernel_.normals(draws.seed, stream, draw, path0_, four);
      drawn = draw;
      std::copy_n(four + static_cast<std::size_t>(d % 4) * kLanes, kLanes,
                  rows.data() + static_cast<std::size_t>(d) * kLanes);
    }
  }
  void copy(const std::vector<float>& from, std::size_t dimension) {
    std::copy_n(from.data() + dimension * kLanes, kLanes, memory_.rows().sobol[dimension].at);
  }

  const NormalSpace& space_;
  const Kernels& kernel_;
  const std::vector<SensitivityInput>& inputs_;
  WorkspaceMemory memory_;
  std::vector<float> a_, b_;
  std::vector<double> along_, block_;
  std::uint64_t path0_ = 0;
};

/// Calls `work(sampler, first path)` for every block.
void for_blocks(const NormalSpace& space, const std::vector<SensitivityInput>& inputs, std::int64_t paths,
                std::size_t sets, const SensitivityOptions& options,
                const std::function<void(Sampler&, std::size_t)>& work) {
  const Kernels& kernel = kernels(options.instruction_set);
  ObjectPool<Sampler> samplers;
  std::mutex progress_guard;
  std::int64_t done = 0;
  const auto lanes = static_cast<std::int64_t>(kLanes), all = static_cast<std::int64_t>(sets) * paths;
  for_each_task((paths + lanes - 1) / lanes, std::max(1, options.threads), Scheduler::tbb, [&](std::int64_t block) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::unique_ptr<Sampler> sampler = samplers.take();
    if (!sampler) sampler = std::make_unique<Sampler>(space, kernel, inputs);
    work(*sampler, static_cast<std::size_t>(block * lanes));
    samplers.give(std::move(sampler));
    const std::lock_guard lock(progress_guard);
    done = std::min(all, done + lanes * static_cast<std::int64_t>(sets));
    if (options.progress) options.progress(done, all);
  });
}

PathValues room(std::size_t sets, std::size_t outputs, std::int64_t paths) {
  PathValues values{outputs, static_cast<std::size_t>(paths), {}};
  values.values.resize(sets * outputs * values.paths);
  return values;
}

}  // namespace

PathValues values_when_held(const NormalSpace& space, const std::vector<SensitivityInput>& inputs,
                            const std::vector<HeldPoint>& points, const std::vector<OutputPlan>& outputs,
                            std::int64_t paths, const SensitivityOptions& options) {
  PathValues values = room(points.size(), outputs.size(), paths);
  for_blocks(space, inputs, paths, points.size(), options, [&](Sampler& sampler, std::size_t first) {
    sampler.draw(first, false);
    sampler.project();
    for (std::size_t p = 0; p < points.size(); ++p) {
      if (options.stop != nullptr && options.stop->load()) return;
      sampler.simulate_held(points[p]);
      sampler.tell(outputs, p, first, values);
    }
  });
  return values;
}

PathValues values_when_exchanged(const NormalSpace& space, const std::vector<SensitivityInput>& inputs,
                                 const std::vector<OutputPlan>& outputs, std::int64_t paths,
                                 const SensitivityOptions& options) {
  const std::size_t sets = inputs.size() + 3;
  PathValues values = room(sets, outputs.size(), paths);
  for_blocks(space, inputs, paths, sets, options, [&](Sampler& sampler, std::size_t first) {
    sampler.draw(first, true);
    sampler.simulate_exchanged(nullptr, Sampler::Others::as_a);
    sampler.tell(outputs, 0, first, values);
    sampler.simulate_b();
    sampler.tell(outputs, 1, first, values);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (options.stop != nullptr && options.stop->load()) return;
      sampler.simulate_exchanged(&inputs[i], Sampler::Others::as_a);
      sampler.tell(outputs, 2 + i, first, values);
    }
    sampler.simulate_exchanged(nullptr, Sampler::Others::as_b);
    sampler.tell(outputs, sets - 1, first, values);
  });
  return values;
}

}  // namespace plimsoll
