/// \file
/// Results made by hand: every figure is known, so that tables can be read digit by digit.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "outputs/run_folder.hpp"

namespace plimsoll {

/// A temporary folder of the test's own.
class TestFolder {
 public:
  TestFolder() : path_(std::filesystem::temp_directory_path() / ("plimsoll-outputs-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::size_t files() const {
    const std::filesystem::directory_iterator first(path_);
    return static_cast<std::size_t>(std::distance(first, std::filesystem::directory_iterator()));
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline Period year(int y) { return {Frequency::year, Month::of(y, 1), Month::of(y, 12)}; }
inline Period month(int y, int m) { return {Frequency::month, Month::of(y, m), Month::of(y, m)}; }
inline Period quarter(int y, int q) { return {Frequency::quarter, Month::of(y, 3 * q - 2), Month::of(y, 3 * q)}; }

/// Quantiles at `median` and steps of `sd` to either side.
inline Distribution spread(double median, double sd) {
  Distribution d;
  d.paths = 1000;
  d.mean = median + 0.25;
  d.sd = sd;
  for (int q = 0; q < 9; ++q) d.quantile[static_cast<std::size_t>(q)] = median + sd * (q - 4) / 2.0;
  d.se_mean = 0.05;
  d.se_sd = 0.04;
  d.se_quantile.fill(0.07);
  return d;
}

/// Two years of growth and value of the total, and contributions of everything that a terminal shows.
inline RunResults sample_results() {
  RunResults r;
  r.summary = {{"exports.total.value", year(2026), "usd_bn", spread(4569, 100)},
               {"exports.total.yoy", month(2026, 12), "pct", spread(24, 4)},
               {"exports.total.yoy", quarter(2027, 1), "pct", spread(8, 4)},
               {"exports.total.yoy", year(2026), "pct", spread(21.5, 2)},
               {"exports.total.yoy", year(2027), "pct", spread(-1.5, 6)}};
  r.probabilities = {{"exports.total.yoy", year(2026), "below", 0, 0.0004, 0.0006},
                     {"exports.total.yoy", year(2027), "below", 0, 0.58, 0.016},
                     {"exports.total.yoy", year(2027), "es_low", 5, -14.25, 0.5}};
  const auto add = [&](const std::string& by, const std::string& key, double points) {
    r.contributions.push_back({"exports.total.yoy", by, key, year(2026), spread(points - 0.25, 1)});
  };
  for (int k = 0; k < 8; ++k) add("product", "good" + std::to_string(k), k - 5.0);
  add("market", "asean", 12);
  add("market", "us", 9.5);
  add("driver", "capex", 3);
  add("driver", "inherited", 1.5);
  add("price_volume", "price", 13);
  add("price_volume", "volume", 8.5);
  r.contributions.push_back({"exports.product.memory.yoy", "price_volume", "price", year(2026), spread(99, 1)});
  r.history = {{"exports.total.yoy", month(2026, 4), "pct", 14.0}, {"exports.total.yoy", month(2026, 5), "pct", 19.2}};
  r.statistics.paths_requested = r.statistics.paths_done = 1000;
  r.statistics.threads = 2;
  r.statistics.instruction_set = "x86-64-v3";
  r.statistics.seconds = 0.5;
  r.statistics.peak_memory_bytes = 1048576;
  return r;
}

inline RunContext sample_context() {
  RunContext c;
  c.scenario_name = "sample";
  c.title_en = "A \"sample\", made by hand";
  c.calibration = "china-2026-05";
  c.calibration_sha256 = std::string(64, 'c');
  c.as_of = "2026-05";
  c.known_on = "2026-06-09";
  c.horizon = "2027-12";
  c.resolved_yaml = "plimsoll: 1\n";
  c.run_hash = std::string(64, 'a');
  c.seed = -7;
  c.sampling = "random";
  c.plan_paths = 1000;
  c.started_utc = "2026-06-10T08:00:00Z";
  c.command_line = "plimsoll run sample";
  c.inputs = {{"shipped:base.yaml", std::string(64, 'b')}};
  c.libraries = {{"yaml-cpp", "0.7.0"}};
  c.assumptions = {{"oil_price.kind", "x", "y", "command line"}};
  return c;
}

}  // namespace plimsoll
