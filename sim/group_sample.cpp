#include "sim/group_sample.hpp"

#include <algorithm>

#include "models/replicated_draws.hpp"
#include "sim/conditional_backtest.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {
namespace {

bool counts(const GroupBacktest& runs, const GroupForecast& f, const std::string& group, const GroupWindow& window) {
  if (group == kAllGroups ? f.group == 0 : runs.data.groups[f.group].id != group) return false;
  if (window.target_year != 0 && f.scored.target.year() != window.target_year) return false;
  if (window.priors == GroupWindow::Priors::any) return true;
  const auto origin = std::find_if(runs.origins.begin(), runs.origins.end(),
                                   [&](const GroupOrigin& o) { return o.origin == f.scored.origin; });
  return origin->priors_in_time == (window.priors == GroupWindow::Priors::in_time);
}

}  // namespace

const std::vector<GroupWindow>& group_windows() {
  static const std::vector<GroupWindow> windows{{kEveryForecast},
                                                {"2025", 2025},
                                                {"2026", 2026},
                                                {kPriorsLater, 0, GroupWindow::Priors::later},
                                                {kPriorsInTime, 0, GroupWindow::Priors::in_time}};
  return windows;
}

GroupSample::GroupSample(const GroupConditional& made, const std::string& group, const GroupWindow& window) {
  std::map<Month, std::size_t> places;
  for (const GroupForecast& f : made.runs.forecasts) {
    if (!counts(made.runs, f, group, window)) continue;
    forecasts_[f.scored.model].push_back(&f.scored);
    places.emplace(f.scored.origin, 0);
    horizons_ = std::max(horizons_, static_cast<std::size_t>(f.scored.horizon));
  }
  for (auto& [month, place] : places) place = origins_++;
  if (empty()) return;
  for (const ScoredForecast* f : of(kUnconditional)) place_.push_back(places.at(f->origin));
}

OriginSums GroupSample::sums(const std::function<double(std::size_t)>& number) const {
  OriginSums out(origins_, horizons_);
  const std::vector<const ScoredForecast*>& all = of(kUnconditional);
  for (std::size_t k = 0; k < all.size(); ++k) out.add(place_[k], all[k]->horizon, number(k));
  return out;
}

std::vector<double> replicate_errors(const std::vector<std::vector<double>>& of_replicate, std::size_t figures) {
  std::vector<double> out(figures, kNotScored);
  for (std::size_t k = 0; k < figures && !of_replicate.empty(); ++k) {
    std::vector<double> values;
    for (const std::vector<double>& one : of_replicate) values.push_back(one[k]);
    out[k] = se_of_mean(values);
  }
  return out;
}

Spread where_known(const Spread& spread, const OriginSums& counted, std::size_t horizon) {
  constexpr std::size_t kFewest = 6;
  return counted.origins_with(horizon) < kFewest ? Spread{} : spread;
}

}  // namespace plimsoll
