/// \file
/// One verb's command line, parsed strictly. Boost.Program_options lives behind this door only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/program/slurm_options.hpp"

namespace plimsoll {

/// A part of a run's paths, from 1.
struct Shard {
  int number = 1, of = 1;
};
/// What `--keep-samples` without a value stands for.
inline constexpr const char* kReportedSeries = "report";

struct CommandLine {
  std::string verb;
  std::string whole;               ///< as typed, quoted where needed, for the manifest
  std::vector<std::string> names;  ///< what stands beside the options: scenarios, a name
  std::vector<std::string> set;    ///< `path=value`, in order
  std::vector<std::string> target_se;
  std::vector<std::string> fail_if;        ///< gates of stress
  std::vector<std::string> figures, over;  ///< of sensitivity: --of and --over
  std::optional<std::string> method, by;   ///< of sensitivity
  std::optional<std::int64_t> points;      ///< of sensitivity
  std::optional<std::string> paths, seed, sampling, out;
  std::optional<std::string> target;                              ///< of reverse
  std::optional<std::string> write;                               ///< kinds of files, comma-separated
  std::optional<std::string> language;                            ///< en, zh, or both, comma-separated
  std::optional<std::string> diff;                                ///< of show: the scenario to compare with
  std::optional<std::string> period, of;                          ///< of explain
  std::optional<std::string> base, as_of, known_on, window_from;  ///< of calibrate
  std::optional<std::string> level, flow, from, horizons;         ///< of backtest
  std::optional<std::string> levels, rivals;                      ///< of backtest: --vintage, --rivals
  bool conditional = false;                                       ///< of backtest
  std::optional<std::string> keep_samples;                        ///< series, comma-separated, or kReportedSeries
  std::optional<int> threads;
  std::optional<Shard> shard;
  std::optional<std::int64_t> path;  ///< of replay, from 0
  SlurmOptions slurm;                ///< of sweep and resume
  double checkpoint_s = 60;          ///< time between two states of a run
  std::string format = "table";      ///< table, csv, json
  bool force = false, quiet = false, resolved = false, vintage = false, help = false;
};

/// \throws InputError (usage) for an unknown or doubled option, with the nearest valid one; and for options of later
/// work ("not supported yet").
CommandLine parse_command_line(const std::string& verb, const std::vector<std::string>& arguments);

/// The options a verb takes, for its help; empty when it takes none.
std::string option_help(const std::string& verb);

/// A usage error at the command line.
[[noreturn]] void refuse_usage(const std::string& what, const std::string& why = "", const std::string& hint = "");

/// A whole number between `low` and `high`; nullopt otherwise.
std::optional<long long> parse_integer(const std::string& text, long long low, long long high);

inline constexpr int kMostThreads = 1024;

}  // namespace plimsoll
