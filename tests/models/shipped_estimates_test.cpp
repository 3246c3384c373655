// The calibrations that ship are what their own inputs give: estimated again from the tables committed with them, every
// byte comes back.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/estimation/calibrate.hpp"

namespace plimsoll {
namespace {

TableFiles files_of(const std::string& name) {
  TableFiles files;
  const std::filesystem::path folder = std::filesystem::path(PLIMSOLL_SOURCE_DIR) / "models/calibrations" / name;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), folder)] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

/// Estimates are taken out first, so that nothing can come back that was not made again.
TableFiles without_estimates(TableFiles files) {
  TableText parameters(files.at("parameters.csv"), "parameters.csv");
  for (std::size_t r = 0; r < parameters.rows(); ++r) {
    if (parameters.at(r, "source") == "estimate" &&
        (parameters.at(r, "parameter").ends_with("sd_log") || parameters.at(r, "parameter").ends_with("lag_months")))
      parameters.set(r, "value", "9");
  }
  files["parameters.csv"] = parameters.text();
  TableText loadings(files.at("loadings.csv"), "loadings.csv");
  for (std::size_t r = 0; r < loadings.rows(); ++r) {
    if (loadings.at(r, "source") == "estimate" && loadings.at(r, "price") != "0") loadings.set(r, "price", "9");
  }
  files["loadings.csv"] = loadings.text();
  files["estimation/estimates.csv"].clear();
  files["seasonal.csv"].clear();
  return files;
}

void expect_the_same(const std::string& name, const CalibrationDays& days) {
  const TableFiles shipped = files_of(name);
  CalibrationMade calibration;
  calibration.days = days;
  calibration.files = without_estimates(shipped);
  estimate_tables(calibration, name);
  const TableFiles& made = calibration.files;
  for (const auto& [file, bytes] : shipped) {
    if (made.at(file) == bytes) continue;
    const TableText a(bytes, file), b(made.at(file), file);
    int shown = 0;
    for (std::size_t r = 0; r < std::min(a.rows(), b.rows()); ++r) {
      for (const std::string& column : a.header()) {
        if (a.at(r, column) != b.at(r, column) && ++shown <= 12)
          ADD_FAILURE() << file << " row " << r + 2 << " " << column << ": shipped '" << a.at(r, column) << "', made '"
                        << b.at(r, column) << "'";
      }
    }
    EXPECT_EQ(made.at(file) == bytes, true) << file << " of " << name << ": " << shown << " fields differ";
  }
}

TEST(ShippedEstimates, OfMay2026ComeOutOfTheirOwnInputsByteForByte) {
  expect_the_same("china-2026-05", {Month::of(2026, 5), Month::of(2024, 1), {2026, 6, 9}});
}

TEST(ShippedEstimates, OfDecember2025ComeOutOfTheirOwnInputsByteForByte) {
  expect_the_same("china-2025-12", {Month::of(2025, 12), Month::of(2024, 1), {2026, 1, 14}});
}

}  // namespace
}  // namespace plimsoll
