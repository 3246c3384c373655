#include "sim/program/sweep_status.hpp"

#include "outputs/number_format.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "outputs/sweep_terminal.hpp"
#include "sim/program/slurm_sweep.hpp"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

struct Standing {
  std::string folder;
  SweepPlan plan;
  SweepIndex index;
  explicit Standing(const std::string& name) : folder(name), plan(read_plan(name)), index(plan, results_files(name)) {}
  std::int64_t count(SweepIndex::Status status) const { return index.count(status); }
};

std::string text_of(const Standing& s, SweepDetail detail) {
  using Status = SweepIndex::Status;
  const std::int64_t done = s.count(Status::done), failed = s.count(Status::failed), missing = s.count(Status::missing);
  const double share = 100.0 * static_cast<double>(done) / static_cast<double>(s.plan.point_count());
  std::string text = s.folder + ": sweep " + s.plan.name + ", " + grouped(done) + " of " +
                     grouped(s.plan.point_count()) + " points (" + fixed(share, 0) + "%) of " + grouped(s.plan.paths) +
                     " paths";
  text += failed > 0 ? ", " + grouped(failed) + " failed" : "";
  text += missing > 0 ? ", " + grouped(missing) + " missing" : "";
  text += failed + missing > 0 ? "; to go on: plimsoll resume " + s.folder + "\n" : ", complete\n";
  if (detail == SweepDetail::brief) return text;
  if (!s.index.damaged().empty())
    text +=
        "  " + std::to_string(s.index.damaged().size()) + " damaged files in results; their points count as missing\n";
  std::size_t shown = 0;
  for (std::int64_t k = 0; failed > 0 && k < s.plan.point_count(); ++k) {
    if (s.index.status(k) != Status::failed) continue;
    if (shown++ == kFailuresShown) {
      text += "  and " + grouped(failed - static_cast<std::int64_t>(kFailuresShown)) + " more failed points\n";
      break;
    }
    text += "  point " + std::to_string(k + 1) + " (" + point_text(s.plan, k) + "): " + s.index.read(k).error + "\n";
  }
  return text;
}

Json json_of(const Standing& s) {
  using Status = SweepIndex::Status;
  Json json{{"folder", s.folder},
            {"sweep", s.plan.name},
            {"status", s.count(Status::done) == s.plan.point_count() ? "complete" : "partial"},
            {"plan_hash", s.plan.hash},
            {"paths", s.plan.paths},
            {"points",
             {{"all", s.plan.point_count()},
              {"done", s.count(Status::done)},
              {"failed", s.count(Status::failed)},
              {"missing", s.count(Status::missing)}}},
            {"failures", Json::array()}};
  for (std::int64_t k = 0; k < s.plan.point_count(); ++k) {
    if (s.index.status(k) == Status::failed)
      json["failures"].push_back({{"point", k + 1}, {"error", s.index.read(k).error}});
  }
  return json;
}

}  // namespace

bool is_whole_sweep(const std::string& folder) {
  const Standing s(folder);
  return s.count(SweepIndex::Status::done) == s.plan.point_count();
}

std::string sweep_status(const std::string& folder, SweepDetail detail) {
  const std::string text = text_of(Standing(folder), detail);
  return detail == SweepDetail::brief ? text : text + slurm_status(folder);
}

Json sweep_status_json(const std::string& folder) {
  Json json = json_of(Standing(folder));
  if (Json queue = slurm_status_json(folder); !queue.is_null()) json["slurm"] = std::move(queue);
  return json;
}

}  // namespace plimsoll
