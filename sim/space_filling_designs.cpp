// Latin hypercube, scrambled Sobol points and Saltelli's matrices.
#include <numeric>

#include "sim/counted_words.hpp"
#include "sim/sampling_rules.hpp"
#include "sim/sobol_directions.hpp"

namespace plimsoll {

namespace {

class LatinHypercube final : public SamplingDesign::Rule {
 public:
  LatinHypercube(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed)
      : Rule(points, static_cast<int>(names.size())) {
    for (const std::string& name : names) {
      const CountedWords order(seed, "design/latin_hypercube/order/" + name);
      std::vector<std::uint32_t> strata(static_cast<std::size_t>(points));
      std::iota(strata.begin(), strata.end(), 0U);
      for (std::size_t k = strata.size(); k > 1; --k) std::swap(strata[k - 1], strata[order.below(k, k)]);
      strata_.push_back(std::move(strata));
      place_.emplace_back(seed, "design/latin_hypercube/place/" + name);
    }
  }

  std::vector<double> at(std::int64_t point) const override {
    std::vector<double> u;
    const auto k = static_cast<std::size_t>(point);
    for (std::size_t d = 0; d < strata_.size(); ++d)
      u.push_back((strata_[d][k] + place_[d].fraction(k)) / static_cast<double>(points()));
    return u;
  }

 private:
  std::vector<std::vector<std::uint32_t>> strata_;  ///< [dimension][point]
  std::vector<CountedWords> place_;
};

/// Nested uniform scrambling by hashing, as the kernels do it (sobol.kernel.hpp).
std::uint32_t scrambled(std::uint32_t reversed, std::uint32_t key) {
  std::uint32_t x = reversed;
  x ^= x * 0x3D20ADEAU;
  x += key;
  x *= key >> 16U | 1U;
  x ^= x * 0x05526C56U;
  x ^= x * 0x53A22864U;
  return reversed_bits(x);
}

class SobolPoints final : public SamplingDesign::Rule {
 public:
  SobolPoints(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed)
      : Rule(points, static_cast<int>(names.size())), direction_(direction_numbers(static_cast<int>(names.size()))) {
    for (const std::string& name : names) key_.push_back(CountedWords(seed, "design/sobol/" + name)(0));
  }

  std::vector<double> at(std::int64_t point) const override {
    std::vector<double> u;
    for (std::size_t d = 0; d < key_.size(); ++d) {
      std::uint32_t word = 0;
      const std::uint32_t* direction = direction_.data() + d * 32;
      for (auto index = static_cast<std::uint64_t>(point); index != 0; index >>= 1U, ++direction)
        word ^= (index & 1U) != 0 ? *direction : 0U;
      u.push_back((scrambled(word, key_[d]) + 0.5) * 0x1p-32);
    }
    return u;
  }

 private:
  std::vector<std::uint32_t> direction_, key_;
};

class Saltelli final : public SamplingDesign::Rule {
 public:
  Saltelli(const std::vector<std::string>& names, std::int64_t rows, std::uint64_t seed)
      : Rule(rows * (static_cast<std::int64_t>(names.size()) + 2), static_cast<int>(names.size())),
        both_(of_both(names), rows, seed) {}

  std::vector<double> at(std::int64_t point) const override {
    const std::int64_t d = dimensions(), row = point / (d + 2), part = point % (d + 2);
    const std::vector<double> a_then_b = both_.at(row);
    std::vector<double> u(a_then_b.begin() + (part == 1 ? d : 0), a_then_b.begin() + (part == 1 ? 2 * d : d));
    if (part >= 2) u[static_cast<std::size_t>(part - 2)] = a_then_b[static_cast<std::size_t>(d + part - 2)];
    return u;
  }

 private:
  static std::vector<std::string> of_both(const std::vector<std::string>& names) {
    std::vector<std::string> both;
    for (const char* matrix : {"a/", "b/"}) {
      for (const std::string& name : names) both.push_back(matrix + name);
    }
    return both;
  }

  SobolPoints both_;
};

}  // namespace

DesignRule latin_hypercube_rule(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed) {
  return std::make_shared<LatinHypercube>(names, points, seed);
}
DesignRule sobol_rule(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed) {
  return std::make_shared<SobolPoints>(names, points, seed);
}
DesignRule saltelli_rule(const std::vector<std::string>& names, std::int64_t rows, std::uint64_t seed) {
  return std::make_shared<Saltelli>(names, rows, seed);
}

}  // namespace plimsoll
