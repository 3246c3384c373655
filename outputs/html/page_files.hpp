/// \file
/// The parts of report.html that the build put into the program: our page, and the charts of npm with their licences.
#pragma once

#include <string>

namespace plimsoll {

/// A file of outputs/html/page/. \pre html_report_available()
std::string page_file(const std::string& name);
/// A file of an npm package: `echarts/LICENSE`. \pre html_report_available()
std::string package_file(const std::string& name);

}  // namespace plimsoll
