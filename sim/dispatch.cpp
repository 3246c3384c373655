#include <cmath>
#include <stdexcept>
#include <vector>

#include "sim/kernels.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

std::vector<std::string> usable_instruction_sets() {
  std::vector<std::string> usable;
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2") &&
                  __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul");
#ifdef PLIMSOLL_WITHOUT_V4  // a build under sanitizers
  const bool v4 = false;
#else
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
#endif
  if (v4) usable.emplace_back("x86-64-v4");
  if (v3) usable.emplace_back("x86-64-v3");
  return usable;
}

const Kernels& kernels(const std::string& instruction_set, std::string* chosen) {
  const std::vector<std::string> usable = usable_instruction_sets();
  if (usable.empty()) throw std::runtime_error("this processor has no AVX2 with FMA (x86-64-v3), which plimsoll needs");
  const std::string name = instruction_set.empty() ? usable.front() : instruction_set;
  bool found = false;
  for (const std::string& u : usable) found = found || u == name;
  if (!found) throw std::runtime_error("this processor cannot run " + name);
  if (chosen != nullptr) *chosen = name;
#ifdef PLIMSOLL_WITHOUT_V4
  return kKernelsV3;
#else
  return name == "x86-64-v4" ? kKernelsV4 : kKernelsV3;
#endif
}

const double* tail_edges() {
  struct Edges {
    double at[kTailBins + 1];
    Edges() {
      for (int k = 0; k <= kTailBins; ++k) at[k] = kLinearReachSd * std::exp2(17.0 * k / kTailBins);
    }
  };
  static const Edges edges;
  return edges.at;
}

}  // namespace plimsoll
