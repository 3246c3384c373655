#include "outputs/html/page_files.hpp"

#include <cstdint>
#include <stdexcept>

#include "outputs/html/report.hpp"

namespace plimsoll {

#ifdef PLIMSOLL_WITH_REPORT

namespace {

/// One record of a table that cmake/EmbedFiles.cmake writes.
struct PageFile {
  const char* path;
  const char* begin;
  std::uint64_t size;
};

}  // namespace

extern "C" const PageFile plimsoll_report_page_table[];
extern "C" const std::uint64_t plimsoll_report_page_count;
extern "C" const PageFile plimsoll_report_packages_table[];
extern "C" const std::uint64_t plimsoll_report_packages_count;

namespace {

std::string find(const PageFile* table, std::uint64_t count, const std::string& name) {
  for (std::uint64_t k = 0; k < count; ++k) {
    if (name == table[k].path) return {table[k].begin, table[k].size};
  }
  throw std::logic_error("the program was built without " + name);
}

}  // namespace

bool html_report_available() { return true; }
std::string html_report_problem() { return ""; }
std::string html_report_hint() { return ""; }
std::string page_file(const std::string& name) {
  return find(plimsoll_report_page_table, plimsoll_report_page_count, name);
}
std::string package_file(const std::string& name) {
  return find(plimsoll_report_packages_table, plimsoll_report_packages_count, name);
}

#else

bool html_report_available() { return false; }
std::string html_report_problem() { return "this program was built without it: " PLIMSOLL_REPORT_PROBLEM; }
std::string html_report_hint() {
  return "install npm and build again (cmake -DPLIMSOLL_REPORT=ON says what is missing); the other files are the same";
}
std::string page_file(const std::string& name) { throw std::logic_error("no report was built in: " + name); }
std::string package_file(const std::string& name) { throw std::logic_error("no report was built in: " + name); }

#endif

}  // namespace plimsoll
