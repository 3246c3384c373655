/// \file
/// The report that shows several scenarios side by side: written once they are done, beside their folders.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "outputs/html/report.hpp"

namespace plimsoll {

class JointReport {
 public:
  /// Into this folder, which need not exist yet; an empty one stands for no report.
  JointReport(std::filesystem::path folder, std::vector<std::string> languages)
      : folder_(std::move(folder)), report_(std::move(languages)) {}

  bool wanted() const { return !folder_.empty(); }
  std::filesystem::path file() const { return folder_ / "report.html"; }
  /// \throws InputError (usage) when the file is there already, unless `force`
  void refuse_overwriting(bool force) const;

  void add(const RunResults& results, const RunContext& context, const std::string& digest);
  void add(const ReportedComparison& comparison);
  /// Writes the file and says where it is, if it shows more than one run or any comparison.
  void write(bool quiet) const;

 private:
  std::filesystem::path folder_;
  HtmlReport report_;
  int runs_ = 0, comparisons_ = 0;
};

}  // namespace plimsoll
