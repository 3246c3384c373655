#include "sim/program/joint_report.hpp"

#include <iostream>

#include "outputs/atomic_file.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

void JointReport::refuse_overwriting(bool force) const {
  std::error_code ignored;
  if (wanted() && !force && std::filesystem::exists(file(), ignored))
    refuse_usage("'" + file().string() + "' exists already", "it is the report of other scenarios together",
                 "choose another --out, or add --force");
}

void JointReport::add(const RunResults& results, const RunContext& context, const std::string& digest) {
  if (!wanted()) return;
  report_.add(results, context, digest);
  ++runs_;
}

void JointReport::add(const ReportedComparison& comparison) {
  if (!wanted()) return;
  report_.add(comparison);
  ++comparisons_;
}

void JointReport::write(bool quiet) const {
  if (!wanted() || (runs_ < 2 && comparisons_ == 0)) return;
  std::filesystem::create_directories(folder_);
  write_file_atomically(file(), report_.html());
  if (!quiet)
    std::cerr << (comparisons_ > 0 ? "differences shown in " : "scenarios side by side in ") << file().string()
              << std::endl;
}

}  // namespace plimsoll
