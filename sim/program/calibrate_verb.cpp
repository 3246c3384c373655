/// \file
/// calibrate DATA.. -o DIR: a calibration from a user's own data, or a calibration's own tables estimated again.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "models/calibration_files.hpp"
#include "models/calibration_reader.hpp"
#include "models/estimation/calibrate.hpp"
#include "models/estimation/prior_table.hpp"
#include "models/trade_file.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/calibration_report.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/near_names.hpp"
#include "scenarios/node_values.hpp"
#include "scenarios/text_encoding.hpp"
#include "sim/program/data_file.hpp"
#include "sim/program/environment.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

constexpr const char* kWanted = "name CSV files of data, or the folder of a calibration";

namespace fs = std::filesystem;

constexpr const char* kDefaultBase = "china-2026-05";
const std::string kShippedFolder = "models/calibrations/";

TableFiles folder_files(const fs::path& folder) {
  TableFiles files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder).generic_string();
    const bool wanted = name == "calibration.yaml" || entry.path().extension() == ".csv";
    if (entry.is_regular_file() && wanted) files[name] = read_data_file(entry.path().string(), kWanted);
  }
  return files;
}

TableFiles shipped_files_of(const std::string& name) {
  TableFiles files;
  const std::string prefix = kShippedFolder + name + "/";
  for (const std::string& path : shipped_files(prefix))
    files[path.substr(prefix.size())] = shipped_file(path).value_or("");
  return files;
}

/// A calibration by folder or by shipped name.
TableFiles base_files(const std::string& name) {
  std::error_code error;
  if (fs::is_directory(name, error)) return folder_files(name);
  TableFiles files = shipped_files_of(name);
  if (files.empty()) {
    refuse_usage("there is no calibration '" + name + "' and no such folder", "",
                 did_you_mean(name, shipped_calibrations(), "see: plimsoll list"));
  }
  return files;
}

OwnData read_own(const CommandLine& line) {
  OwnData data;
  std::vector<Problem> problems;
  for (const std::string& name : line.names) {
    std::error_code error;
    if (fs::is_directory(name, error))
      refuse_usage("'" + name + "' is a folder beside other data", "",
                   "a calibration's folder is estimated again alone; name own data as files, and --base for the rest");
    const std::string text = utf8_text(read_data_file(name, kWanted), name);
    try {
      if (is_driver_table(text)) {
        const std::vector<DriverFigure> figures = read_driver_data(text, name, problems);
        data.drivers.insert(data.drivers.end(), figures.begin(), figures.end());
        data.driver_files.push_back(name);
      } else {
        data.trade.push_back(parse_trade_file(text, name, problems));
      }
    } catch (const InputError& broken) {
      problems.insert(problems.end(), broken.problems().begin(), broken.problems().end());
    }
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  if (data.trade.empty())
    refuse_usage("'calibrate' needs at least one file of trade statistics", "drivers alone are no history of exports",
                 "for example: plimsoll calibrate exports.csv drivers.csv -o calibrations/mine");
  if (line.as_of) {
    data.as_of = parse_month(*line.as_of);
    if (!data.as_of || data.as_of->month() == 1)
      refuse_usage("--as-of '" + *line.as_of + "' is no month that can end a calibration",
                   "January and February are one season", "write e.g. 2026-05");
  }
  if (line.window_from) {
    data.window_from = parse_month(*line.window_from);
    if (!data.window_from)
      refuse_usage("--window-from '" + *line.window_from + "' is not a month", "", "write e.g. 2022-01");
  }
  if (line.known_on) {
    data.known_on = parse_date(*line.known_on);
    if (!data.known_on) refuse_usage("--known-on '" + *line.known_on + "' is not a day", "", "write e.g. 2026-06-09");
  }
  return data;
}

std::string name_of(const std::string& folder) {
  const fs::path path = fs::path(folder).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

/// Writes the files into a folder of their own first and reads them as a run would: nothing comes out that does not
/// load.
void check_loads(const CalibrationMade& made) {
  const fs::path place = fs::temp_directory_path() / ("plimsoll-calibrate-" + std::to_string(::getpid()));
  struct Remover {
    fs::path path;
    ~Remover() {
      std::error_code error;
      fs::remove_all(path, error);
    }
  } const remover{place};
  fs::create_directories(place / made.name);
  for (const auto& [file, bytes] : made.files) {
    if (file.find('/') == std::string::npos) std::ofstream(place / made.name / file, std::ios::binary) << bytes;
  }
  load_calibration(made.name, place.string());
}

/// Files that calibrations have: what an older one leaves must not be read with a newer one.
bool is_table_of_calibrations(const std::string& name) {
  for (const std::string& calibration : shipped_calibrations()) {
    if (shipped_file(kShippedFolder + calibration + "/" + name)) return true;
  }
  static const std::set<std::string> more{"declared_drivers.csv", "residual_factors.csv", "residual_loadings.csv"};
  return more.contains(name);
}

void refuse_inputs_inside(const CommandLine& line, const fs::path& folder) {
  for (const std::string& name : line.names) {
    std::error_code error;
    if (fs::equivalent(fs::absolute(name).parent_path(), folder, error) && !error)
      refuse_usage("'" + name + "' lies in the folder of the calibration", "its tables would stand beside your data",
                   "give -o a folder of its own");
  }
}

/// What is in the way is told before anything changes; the calibration has its calibration.yaml again when all else is
/// there, so a folder that was left half written is none.
void write_folder(const CalibrationMade& made, const fs::path& folder) {
  for (const auto& [file, bytes] : made.files) {
    const fs::path place = folder / file;
    if (fs::is_directory(place) || fs::is_regular_file(place.parent_path()))
      refuse_usage("'" + place.string() + "' is in the way", "a file of the calibration goes there", "move it");
  }
  const bool was_one = fs::remove(folder / "calibration.yaml");
  const auto remove_older = [&](const fs::path& part, const std::string& prefix) {
    if (!was_one || !fs::is_directory(part)) return;
    for (const auto& entry : fs::directory_iterator(part)) {
      const std::string name = prefix + entry.path().filename().string();
      if (entry.is_regular_file() && !made.files.contains(name) && is_table_of_calibrations(name))
        fs::remove(entry.path());
    }
  };
  remove_older(folder, "");
  remove_older(folder / "estimation", "estimation/");
  fs::create_directories(folder / "estimation");
  for (const auto& [file, bytes] : made.files) {
    if (file != "calibration.yaml") write_file_atomically(folder / file, bytes);
  }
  write_file_atomically(folder / "calibration.yaml", made.files.at("calibration.yaml"));
}

}  // namespace

int calibrate_verb(const CommandLine& line) {
  if (line.names.empty())
    refuse_usage("'calibrate' needs data", "", "for example: plimsoll calibrate exports.csv -o calibrations/mine");
  const std::optional<std::string> out = line.out ? line.out : read_environment().out;
  if (!out)
    refuse_usage("'calibrate' needs a folder for the calibration", "",
                 "add -o calibrations/NAME; scenarios beside that folder name it");
  const std::string name = name_of(*out);
  if (!is_plain_name(name))
    refuse_usage("--out '" + *out + "' names no calibration", "scenarios name it by the folder's name",
                 "use letters, digits, - and _");
  const bool again = line.names.size() == 1 && [&] {
    std::error_code error;
    return fs::is_directory(line.names.front(), error);
  }();
  if (again && (line.base || line.as_of || line.known_on || line.window_from))
    refuse_usage("--base, --as-of, --window-from and --known-on are for own data",
                 "a calibration's folder says itself of which day its tables are", "leave them out");
  const std::string base = line.base.value_or(kDefaultBase);
  const std::string of = again ? line.names.front() : base;
  const TableFiles files = again ? folder_files(of) : base_files(of);
  if (is_of_own_data(files, of) && !keeps_priors(files))
    refuse_usage("calibration '" + of + "' was made from own data and keeps no priors (estimation/priors.csv)",
                 "what it believes holds those data already; they would count twice",
                 again ? "run calibrate on the files of data themselves"
                       : "name the base it was made from, for example --base " + std::string(kDefaultBase));
  const CalibrationMade made =
      again ? estimate_again(files, name_of(of), name) : calibrate_own(read_own(line), files, name_of(of), name);
  check_loads(made);
  RunFolders folders;
  if (!again) refuse_inputs_inside(line, *out);
  folders.prepare(*out, line.force);
  write_folder(made, *out);
  print(line.format == "csv"    ? made.files.at("estimation/estimates.csv")
        : line.format == "json" ? calibration_json(made)
                                : calibration_table(made));
  return kSuccess;
}

}  // namespace plimsoll
