#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>

#include "models/estimation/component_pool.hpp"
#include "models/estimation/table_text.hpp"
#include "models/estimation/trend_filter.hpp"
#include "models/trend_window.hpp"
#include "simulated_normals.hpp"

namespace plimsoll {
namespace {

// Log shares that are what the model says they are, estimated as a calibration estimates them and forecast as the
// engine does: how often do 90% intervals hold what comes? Whatever they lose, they lose by estimation alone.
constexpr double kLevelSd = 0.03, kNoiseSd = 0.03, kSeasonSd = 0.05, kSlopeSd = 0.08, kDamping = 0.92, kZ = 1.6448536;
constexpr int kProducts = 16, kWorlds = 60, kAhead = 11;
const Month kFrom = Month::of(2024, 1);

struct Knowledge {
  bool seasons = false, sds = false, start_error = false;  ///< known, known, counted
};

struct Share {
  std::vector<double> logs;  ///< months of the window and after it
  Seasons seasons{};
};

Share simulated(SimulatedNormals& draw, int window) {
  Share one;
  double mean = 0;
  for (std::size_t s = 0; s < kSeasons; ++s) {
    one.seasons[s] = kSeasonSd * draw();
    mean += season_months(s) / 12 * one.seasons[s];
  }
  for (double& s : one.seasons) s -= mean;
  double slope = kSlopeSd * draw(), level = 0;
  for (int i = 0; i < window + kAhead; ++i) {
    if (i >= window) slope *= kDamping;
    level += slope / 12 + kLevelSd * draw();
    one.logs.push_back(level + one.seasons[season_of(kFrom + i)] + kNoiseSd * draw());
  }
  return one;
}

struct Estimate {
  Component component;
  std::vector<double> adjusted;  ///< less the season; January as February, as cells have it
  Seasons seasons{};
};

Estimate estimated(const Share& share, int window, const Knowledge& known) {
  MonthlySeries series{kFrom, {share.logs.begin(), share.logs.begin() + window}};
  for (int i = 0; i < window; ++i) {
    if ((kFrom + i).month() == 1) series.values[static_cast<std::size_t>(i)] = std::nan("");
  }
  Estimate out;
  out.seasons = known.seasons ? share.seasons : shrunk_seasons(series).effects;
  for (int i = 0; i < window; ++i) series.values[static_cast<std::size_t>(i)] -= out.seasons[season_of(kFrom + i)];
  const LevelAndNoise split = split_level_noise(series.values);
  const double released = released_periods(kFrom, series.last()), freedom = std::sqrt(released / (released - 4));
  out.component.own_level_sd = known.sds ? kLevelSd : freedom * split.level_sd;
  out.component.own_noise_sd = known.sds ? kNoiseSd : freedom * split.noise_sd;
  out.component.slope = slope_per_year(series.values, 0, series.values.size());
  const std::size_t middle = series.values.size() / 2;
  out.component.turn =
      slope_per_year(series.values, middle, series.values.size()) - slope_per_year(series.values, 0, middle);
  out.component.periods = window - 1;
  out.adjusted = series.values;
  for (std::size_t i = 0; i + 1 < out.adjusted.size(); ++i) {
    if (std::isnan(out.adjusted[i])) out.adjusted[i] = out.adjusted[i + 1];
  }
  return out;
}

struct Coverage {
  std::map<int, double> held;               ///< percent by month ahead
  double level_ratio = 0, noise_ratio = 0;  ///< geometric mean of believed over true sd
};

Coverage coverage(int window, const Knowledge& known) {
  SimulatedNormals draw(41);
  const Month as_of = kFrom + (window - 1);
  Coverage out;
  constexpr double kAll = kWorlds * kProducts;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<Share> shares;
    std::vector<Estimate> made;
    std::vector<Component> components;
    for (int p = 0; p < kProducts; ++p) {
      shares.push_back(simulated(draw, window));
      made.push_back(estimated(shares.back(), window, known));
      components.push_back(made.back().component);
    }
    const ComponentPool pool = pool_components(components, {18, window - 1});
    const double believed = std::min(0.75 * pool.slope_kept_frac, 0.5);
    for (std::size_t p = 0; p < shares.size(); ++p) {
      const Component& c = components[p];
      out.level_ratio += std::log(c.level_sd / kLevelSd) / kAll;
      out.noise_ratio += std::log(c.noise_sd / kNoiseSd) / kAll;
      const double gain = local_level_gain(c.level_sd, c.noise_sd);
      const TrendWeights w = trend_weights(window, gain);
      double slope = 0, level = 0;
      for (std::size_t i = 0; i < made[p].adjusted.size(); ++i) {
        slope += w.slope[i] * made[p].adjusted[i];
        level += w.level[i] * made[p].adjusted[i];
      }
      double years = 0, step = 1.0 / 12, shocks = 0;  // G[t]; variance of slope shocks by then
      for (int t = 1; t <= kAhead; ++t, step *= kDamping) {
        shocks += t > 1 ? years * years * pool.slope_shock_sd * pool.slope_shock_sd : 0;
        years += step;
        const Month month = as_of + t;
        if (month.month() == 1) continue;
        const double variance = t * c.level_sd * c.level_sd + c.noise_sd * c.noise_sd +
                                years * years * c.slope_sd * c.slope_sd + shocks +
                                (known.start_error ? gain * c.noise_sd * c.noise_sd : 0);
        const double error = shares[p].logs[static_cast<std::size_t>(window - 1 + t)] - level -
                             believed * slope * years - made[p].seasons[season_of(month)];
        out.held[t] += std::abs(error) <= kZ * std::sqrt(variance) ? 100 / kAll : 0;
      }
    }
  }
  out.level_ratio = std::exp(out.level_ratio);
  out.noise_ratio = std::exp(out.noise_ratio);
  return out;
}

/// PLIMSOLL_UPDATE=1 writes the table of the page.
TEST(ShareCoverage, IsLostBySeasonsOfShortWindows) {
  struct Row {
    const char* title;
    Knowledge known;
  };
  const std::vector<Row> rows{{"sds and seasons known, the start's error counted", {true, true, true}},
                              {"seasons known, the start's error counted", {true, false, true}},
                              {"seasons known", {true, false, false}},
                              {"as calibrations are estimated", {false, false, false}}};
  std::string table =
      "| window | what is known | 1 month | 3 | 6 | 10 | level sd, of the true | noise sd "
      "|\n|---|---|---:|---:|---:|---:|---:|---:|\n";
  for (const int window : {18, 29}) {
    std::vector<Coverage> found;
    for (const Row& row : rows) {
      Coverage& c = found.emplace_back(coverage(window, row.known));
      table += "| " + std::to_string(window) + " months | " + row.title;
      for (const int t : {1, 3, 6, 10}) table += " | " + fixed_decimals(c.held[t], 0) + "%";
      table += " | " + fixed_decimals(c.level_ratio, 2) + " | " + fixed_decimals(c.noise_ratio, 2) + " |\n";
    }
    for (const int t : {1, 3, 6, 10}) {
      EXPECT_NEAR(found[0].held[t], 90, 4) << "the forecast itself is right: " << window << " months, " << t;
      EXPECT_GT(found[1].held[t], found[2].held[t]) << t;
      EXPECT_GT(found[2].held[t], found[3].held[t] + 3) << "seasons cost more than all else: " << t;
    }
  }
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/coverage-of-groups.md", begin = "<!-- table -->\n",
                    end = "<!-- end of table -->";
  std::ifstream in(page, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const std::size_t from = text.find(begin), to = text.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::string now = text.substr(0, from) + begin + table + text.substr(to);
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
  EXPECT_EQ(now, std::getenv("PLIMSOLL_UPDATE") != nullptr ? now : text);
}

}  // namespace
}  // namespace plimsoll
