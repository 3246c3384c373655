/// The import tables: sums, layout, links, and that they come and go as a group.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "models/calibration_reader.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const Calibration& calibration() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

double value(const std::string& product, Month month) {
  const ImportCalibration& imports = calibration().imports;
  return imports.values.at(static_cast<std::size_t>(month - calibration().detail_from) * imports.products.size() +
                           static_cast<std::size_t>(imports.product_index(product)));
}

/// A copy of the shipped calibration that a test may break.
class CopiedCalibration : public ::testing::Test {
 protected:
  CopiedCalibration() : folder_(fs::temp_directory_path() / ("plimsoll-imports-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    fs::copy(PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05", folder_ / "china-2026-05",
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  ~CopiedCalibration() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name) const { return folder_ / "china-2026-05" / name; }
  void remove_import_tables() const {
    for (const auto& entry : fs::directory_iterator(folder_ / "china-2026-05")) {
      if (entry.path().filename().string().starts_with("import_")) fs::remove(entry.path());
    }
  }
  std::string problems() const {
    try {
      load_calibration("china-2026-05", folder_);
    } catch (const InputError& error) {
      return to_string(error);
    }
    return "";
  }
  fs::path folder_;
};

TEST(ImportTables, ProductsSumToTheCustomsTotalInEveryMonth) {
  const Calibration& c = calibration();
  const ImportCalibration& imports = c.imports;
  const std::size_t products = imports.products.size();
  ASSERT_EQ(imports.values.size(), c.detail_months() * products);
  EXPECT_EQ(imports.total_from, Month::of(2008, 1));
  for (std::size_t k = 0; k < c.detail_months(); ++k) {
    double sum = 0;
    for (std::size_t p = 0; p < products; ++p) {
      EXPECT_GT(imports.values[k * products + p], 0) << imports.products[p].id;
      sum += imports.values[k * products + p];
    }
    const auto month = static_cast<std::size_t>(c.detail_from - imports.total_from) + k;
    EXPECT_NEAR(sum / imports.total.at(month), 1, 1e-6) << k;
  }
  EXPECT_EQ(imports.total.size(), static_cast<std::size_t>(c.as_of - imports.total_from) + 1);
}

TEST(ImportTables, TheLineOfIntegratedCircuitsIsItsThreeProducts) {
  const Calibration& c = calibration();
  ASSERT_EQ(c.imports.lines.size(), 1U);
  const ImportLine& line = c.imports.lines.front();
  EXPECT_EQ(line.set, "integrated_circuits");
  EXPECT_EQ(line.quantity.size(), c.detail_months());
  for (std::size_t k = 0; k < c.detail_months(); ++k) {
    const Month month = c.detail_from + static_cast<int>(k);
    EXPECT_NEAR(value("memory", month) + value("computing_chips", month) + value("other_ics", month), line.value[k],
                1e-6 * line.value[k]);
  }
}

TEST(ImportTables, HaveQuantitiesWhereCustomsPrintsThem) {
  const Calibration& c = calibration();
  const ImportCalibration& imports = c.imports;
  const std::size_t products = imports.products.size();
  ASSERT_EQ(imports.quantity.size(), products);
  ASSERT_EQ(imports.quantity_unit.size(), products);
  for (std::size_t p = 0; p < products; ++p) {
    EXPECT_EQ(imports.quantity_unit[p].empty(), !imports.products[p].quantity_printed) << imports.products[p].id;
    for (std::size_t k = 0; k < c.detail_months(); ++k)
      EXPECT_EQ(imports.quantity[p].at(k) > 0, imports.products[p].quantity_printed);
  }
  // Customs prints January and February together, so each alone is imputed; May 2026 is printed.
  const auto at = [&](Month month) {
    return imports.status.at(static_cast<std::size_t>(month - c.detail_from) * products +
                             static_cast<std::size_t>(imports.product_index("crude_oil")));
  };
  EXPECT_EQ(at(Month::of(2026, 1)), CellStatus::imputed);
  EXPECT_EQ(at(Month::of(2026, 5)), CellStatus::observed);
}

TEST(ImportTables, SeasonsAverageToZeroAndShareJanuaryByTheNewYear) {
  const ImportCalibration& imports = calibration().imports;
  ASSERT_EQ(imports.seasonal_log.size(), imports.products.size());
  for (std::size_t p = 0; p < imports.products.size(); ++p) {
    double sum = 0;
    for (const double f : imports.seasonal_log[p]) sum += f;
    EXPECT_NEAR(sum, 0, 1e-4) << imports.products[p].id;
  }
  const double f = imports.january_frac.at(2026);
  EXPECT_NEAR(imports.seasonal(0, Month::of(2026, 1)) - imports.seasonal(0, Month::of(2026, 2)), std::log(f / (1 - f)),
              1e-12);
}

TEST(ImportTables, ASetMayNameBothSidesOfABalance) {
  const Calibration& c = calibration();
  const auto holds = [](const std::vector<NamedSet>& sets, const std::string& id, NamedSet::Dimension dimension) {
    for (const NamedSet& set : sets) {
      if (set.id == id) return set.dimension == dimension;
    }
    return false;
  };
  for (const char* id : {"ai_core", "ai_chain"}) {
    EXPECT_TRUE(holds(c.sets, id, NamedSet::Dimension::product)) << id;
    EXPECT_TRUE(holds(c.imports.sets, id, NamedSet::Dimension::import_product)) << id;
  }
}

TEST(ImportTables, LinksStayBelowAllOfTheImports) {
  const ImportCalibration& imports = calibration().imports;
  std::map<std::string, double> linked;
  for (const ImportLoading& loading : imports.loadings) {
    EXPECT_LE(loading.provenance.known_from, calibration().known_on);
    if (loading.driver.starts_with("exports.")) linked[loading.product] += median(loading.volume);
  }
  EXPECT_GE(linked.size(), 5U);
  for (const auto& [product, elasticity] : linked) {
    EXPECT_GT(elasticity, 0) << product;
    EXPECT_LT(elasticity, 1) << product;
  }
}

TEST(ImportTables, GiveEveryProductItsOwnNoise) {
  const ImportCalibration& imports = calibration().imports;
  EXPECT_EQ(imports.parameter("import_level_sd_log", "memory").product, "memory");
  EXPECT_EQ(imports.parameter("import_level_sd_log").product, "");
  EXPECT_EQ(imports.parameter("import_oil_lag_months", "natural_gas").product, "natural_gas");
  EXPECT_EQ(imports.parameter("import_oil_lag_months", "crude_oil").product, "");
  EXPECT_THROW(imports.parameter("level_sd_log"), std::logic_error);
  for (const Parameter& p : imports.parameters) EXPECT_FALSE(p.provenance.source.empty()) << p.name;
}

TEST_F(CopiedCalibration, WithoutImportTablesHasNoImports) {
  remove_import_tables();
  for (const char* table : {"sets.csv", "hs_codes.csv"}) {
    std::ifstream in(file(table));
    std::string kept, line;
    while (std::getline(in, line)) {
      if (line.find("import_product,") == std::string::npos) kept += line + "\n";
    }
    in.close();
    std::ofstream(file(table)) << kept;
  }
  const Calibration c = load_calibration("china-2026-05", folder_);
  EXPECT_TRUE(c.imports.products.empty());
  EXPECT_TRUE(c.imports.values.empty());
  EXPECT_TRUE(c.imports.sets.empty());
  EXPECT_EQ(c.cells, calibration().cells);
}

TEST_F(CopiedCalibration, WithoutImportProductsRefusesTheOtherImportTables) {
  fs::remove(file("import_products.csv"));
  const std::string all = problems();
  EXPECT_NE(all.find("import_history.csv: error: nothing reads this file"), std::string::npos) << all;
  EXPECT_NE(all.find("the import tables come together"), std::string::npos) << all;
  EXPECT_NE(all.find("add import_products.csv"), std::string::npos) << all;
}

TEST_F(CopiedCalibration, WithHalfOfTheImportTablesIsRefused) {
  fs::remove(file("import_loadings.csv"));
  fs::remove(file("import_seasonal.csv"));
  const std::string all = problems();
  EXPECT_NE(all.find("import_loadings.csv: error: the file is missing"), std::string::npos) << all;
  EXPECT_NE(all.find("import_seasonal.csv: error: the file is missing"), std::string::npos) << all;
}

TEST_F(CopiedCalibration, TellsTheProblemsOfAllImportTablesAtOnce) {
  std::ofstream(file("import_loadings.csv"), std::ios::app)
      << "memory,oil,0,0,log per log,0,judgement,judgement,2026-06-09,\n";
  std::ofstream(file("import_parameters.csv"), std::ios::app)
      << "import_level,memory,,0,log,0,judgement,judgement,2026-06-09,\n";
  std::ofstream(file("import_history.csv"), std::ios::app) << "pulp,2026-05,1,,,observed,gacc_total,data,2026-06-09,\n";
  const std::string all = problems();
  EXPECT_NE(all.find("unknown driver 'oil'"), std::string::npos) << all;
  EXPECT_NE(all.find("unknown parameter 'import_level'"), std::string::npos) << all;
  EXPECT_NE(all.find("pulp has 2026-05 twice"), std::string::npos) << all;
}

}  // namespace
}  // namespace plimsoll
