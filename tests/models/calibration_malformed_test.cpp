/// One thing broken at a time in a copy of the shipped calibration: place, text and hint of the error.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/calibration_reader.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

struct Breakage {
  const char* name;
  const char* file;
  const char* before;  ///< first occurrence is replaced; empty: the text is appended
  const char* after;
  const char* message;  ///< `line:column: error: ` and text that some problem of the file must have
};

std::ostream& operator<<(std::ostream& out, const Breakage& b) { return out << b.name; }

class MalformedCalibration : public ::testing::TestWithParam<Breakage> {
 protected:
  MalformedCalibration() : folder_(fs::temp_directory_path() / ("plimsoll-calibration-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    fs::copy(PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05", folder_ / "china-2026-05",
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  ~MalformedCalibration() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_P(MalformedCalibration, IsRefusedWithItsPlace) {
  const Breakage& b = GetParam();
  const fs::path file = folder_ / "china-2026-05" / b.file;
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string before = b.before;
  if (before.empty()) {
    text += b.after;
  } else {
    const std::size_t at = text.find(before);
    ASSERT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), b.after);
  }
  std::ofstream(file, std::ios::binary) << text;
  try {
    load_calibration("china-2026-05", folder_);
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    const std::string all = to_string(error);
    EXPECT_NE(all.find("china-2026-05/" + std::string(b.file) + b.message), std::string::npos) << all;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, MalformedCalibration,
    ::testing::Values(
        Breakage{"missing_column", "history.csv", "quantity_unit", "quantity_unti",
                 ":1:1: error: column 'quantity_unit' is missing"},
        Breakage{"unknown_column", "history.csv", "quantity_unit", "quantity_unti",
                 ":1:1: error: unknown column 'quantity_unti'"},
        Breakage{
            "declared_taken", "declared_drivers.csv", "",
            "driver,monthly_sd_log,ar1,source,kind,known_from,note\ncapex,0.01,0.9,judgement,judgement,2026-06-09,\n",
            ":2:1: error: the name 'capex' is taken"},
        Breakage{
            "declared_name", "declared_drivers.csv", "",
            "driver,monthly_sd_log,ar1,source,kind,known_from,note\nSteel 2,0.01,0.9,judgement,judgement,2026-06-09,\n",
            ":2:1: error: 'Steel 2' is not a name"},
        Breakage{"declared_twice", "declared_drivers.csv", "",
                 "driver,monthly_sd_log,ar1,source,kind,known_from,note\nsteel,0.01,0.9,judgement,judgement,2026-06-09,"
                 "\nsteel,0.01,0.9,judgement,judgement,2026-06-09,\n",
                 ":3:1: error: 'steel' stands twice"},
        Breakage{
            "declared_sd", "declared_drivers.csv", "",
            "driver,monthly_sd_log,ar1,source,kind,known_from,note\nsteel,-0.01,0.9,judgement,judgement,2026-06-09,\n",
            ":2:7: error: a standard deviation below 0"},
        Breakage{
            "declared_ar1", "declared_drivers.csv", "",
            "driver,monthly_sd_log,ar1,source,kind,known_from,note\nsteel,0.01,1,judgement,judgement,2026-06-09,\n",
            ":2:12: error: the coefficient is not between -1 and 1"},
        Breakage{"declared_empty", "declared_drivers.csv", "",
                 "driver,monthly_sd_log,ar1,source,kind,known_from,note\n", ":1:1: error: there is no driver"},
        Breakage{
            "declared_source", "declared_drivers.csv", "",
            "driver,monthly_sd_log,ar1,source,kind,known_from,note\nsteel,0.01,0.9,hearsay,judgement,2026-06-09,\n",
            ":2:16: error: source 'hearsay' is not in sources.csv"},
        Breakage{"undeclared_driver", "loadings.csv", "",
                 "all,all,steel,0.1,0.1,log per log,0,judgement,judgement,2026-06-09,\n",
                 ":48:9: error: unknown driver 'steel'"},
        Breakage{"cell_sd", "parameters.csv", "", "cell_volume_sd_log,,,-0.1,log,0,judgement,judgement,2026-06-09,\n",
                 ":408:22: error: a standard deviation below 0"},
        Breakage{"cell_ar1_missing", "parameters.csv", "",
                 "cell_volume_sd_log,,,0.1,log,0,judgement,judgement,2026-06-09,\n",
                 ":1:1: error: parameter 'cell_volume_ar1' is missing for memory/us"},
        Breakage{"no_number", "history.csv", "all,all,2008-01,109.6", "all,all,2008-01,lots",
                 ":2:17: error: 'lots' is not a number"},
        Breakage{"negative_value", "history.csv", "all,all,2008-01,109.6", "all,all,2008-01,-109.6",
                 ":2:17: error: '-109.6' is not above 0"},
        Breakage{"bad_month", "history.csv", "all,all,2008-01,", "all,all,2008-13,",
                 ":2:9: error: '2008-13' is not a month"},
        Breakage{"missing_month", "history.csv", "all,all,2010-06,", "all,all,2027-06,",
                 ":1:1: error: months of all/all are missing: 2010-06"},
        Breakage{"month_after_as_of", "history.csv", "all,all,2010-06,", "all,all,2027-06,",
                 ":31:9: error: 2027-06 lies after as_of"},
        Breakage{"doubled_month", "history.csv", "all,all,2010-06,", "all,all,2010-05,",
                 ":31:9: error: all/all has 2010-05 twice"},
        Breakage{"sum_off", "history.csv", "all,all,2025-03,3", "all,all,2025-03,4",
                 ":208:17: error: products do not add up to the total in 2025-03"},
        Breakage{"unknown_source", "history.csv", "observed,gacc_total", "observed,gacc_totl",
                 ":2:34: error: source 'gacc_totl' is not in sources.csv"},
        Breakage{"unknown_kind", "history.csv", "gacc_total,data", "gacc_total,guess",
                 ":2:45: error: unknown kind 'guess'"},
        Breakage{"known_too_late", "history.csv", "data,2008-03-09", "data,2026-08-09",
                 ":2:50: error: known from 2026-08-09, after known_on"},
        Breakage{"unknown_product", "seasonal.csv", "memory,JF", "memroy,JF", ":2:1: error: unknown product 'memroy'"},
        Breakage{"seasons_off", "seasonal.csv", "memory,JF,-0.1", "memory,JF,-0.2",
                 ":1:1: error: the seasons of memory do not average to 0"},
        Breakage{"missing_year", "lunar_new_year.csv", "2030,2030", "1999,1999", ":1:1: error: year 2030 is missing"},
        Breakage{"doubled_parameter", "parameters.csv", "",
                 "trend_damping_monthly,,,0.9,coefficient,0,estimate,data,2026-06-09,\n",
                 ":408:1: error: the parameter stands twice"},
        Breakage{"unknown_parameter", "parameters.csv", "trend_shrinkage_frac", "trend_shrinkage_fraq",
                 ":4:1: error: unknown parameter 'trend_shrinkage_fraq'"},
        Breakage{"start_weight_of_a_product", "parameters.csv", "trend_shrinkage_frac,,",
                 "trend_start_weight_frac,memory,,0.1,share,0,estimate,data,2026-06-09,\ntrend_shrinkage_frac,,",
                 ":4:25: error: trend_start_weight_frac holds for the whole flow"},
        Breakage{"start_weight_above_1", "parameters.csv", "trend_shrinkage_frac,,",
                 "trend_start_weight_frac,,,\"{normal: {mean: 0.5, sd: 0.1}}\",share,0,estimate,data,2026-06-09,\n"
                 "trend_shrinkage_frac,,",
                 ":4:27: error: the weight can leave 0 to 1"},
        Breakage{"missing_parameter", "parameters.csv", "import_demand_elasticity,,us", "import_demand_elasticity,,eu",
                 ":1:1: error: parameter 'import_demand_elasticity' is missing: us"},
        Breakage{"world_is_no_fallback", "parameters.csv", "level_sd_log,memory,", "level_sd_log,phones,",
                 ":1:1: error: parameter 'level_sd_log' is missing: memory"},
        Breakage{"share_too_large", "parameters.csv", "coefficient,0,estimate", "coefficient,2,estimate",
                 ":2:72: error: '2' is not a share from 0 to 1"},
        Breakage{"bad_distribution", "parameters.csv", "{triangular: [0.85, 0.92, 0.98]}",
                 "{triangle: [0.85, 0.92, 0.98]}", ":2:25: error: "},
        Breakage{"unknown_driver", "loadings.csv", "memory,all,capex", "memory,all,capx",
                 ":2:12: error: unknown driver 'capx'"},
        Breakage{"gap_in_driver", "drivers.csv", "memory_price.boj_usd,2013-05", "memory_price.boj_usd,2013-06",
                 ":18:22: error: memory_price.boj_usd jumps to 2013-06"},
        Breakage{"bad_quarter", "drivers.csv", "2020Q1", "2020Q5", ":879:16: error: '2020Q5' is not a quarter"},
        Breakage{"tariff_steps_out_of_order", "tariffs.csv", "us,memory,2018-08-23", "us,memory,2017-08-23",
                 ":3:11: error: the step of 2017-08-23 does not come after 2018-01-01"},
        Breakage{"correlation_outside", "correlations.csv", "capex,memory_price,0.296", "capex,memory_price,1.3",
                 ":2:20: error: a correlation outside -1 to 1"},
        Breakage{"correlation_of_nothing", "correlations.csv", "capex,memory_price", "capex,memory",
                 ":2:7: error: unknown b 'memory'"},
        Breakage{"doubled_correlation", "correlations.csv", "oil_price,foreign_demand", "memory_price,capex",
                 ":3:1: error: the pair stands twice"},
        Breakage{"as_of_january", "calibration.yaml", "as_of: 2026-05", "as_of: 2026-01",
                 ":5:8: error: as_of is a January"},
        Breakage{"doubled_yaml_key", "calibration.yaml", "reporter: china", "reporter: china\nreporter: china",
                 ":5:1: error: key 'reporter' stands twice"},
        Breakage{"unknown_yaml_key", "calibration.yaml", "reporter: china", "reporter: china\nas_off: 2026-05",
                 ":5:1: error: unknown key 'as_off'"},
        Breakage{"sobol_stream_twice", "calibration.yaml", "driver/memory_price, ", "driver/capex, ",
                 ":14:18: error: 'driver/capex' is no name, or stands twice"},
        Breakage{"sobol_no_list", "calibration.yaml",
                 "sobol_order:", "sobol_order: 7\nsobol_rest:", ":13:14: error: 'sobol_order' is not a list"},
        Breakage{"ragged_row", "sets.csv", "", "ai_core,product\n",
                 ":85:1: error: the row has 2 fields, the header has 8"},
        Breakage{"import_sum_off", "import_history.csv", "all,2025-03,2", "all,2025-03,3",
                 ":208:13: error: import products do not add up to the total in 2025-03"},
        Breakage{"import_line_off", "import_history.csv", "integrated_circuits,2025-03,3",
                 "integrated_circuits,2025-03,4",
                 ":1078:29: error: the products of integrated_circuits do not add up to the line in 2025-03"},
        Breakage{"import_month_missing", "import_history.csv", "soybeans,2025-03,", "soybeans,2027-03,",
                 ":1:1: error: months of soybeans are missing: 2025-03"},
        Breakage{"import_month_after_as_of", "import_history.csv", "soybeans,2025-03,", "soybeans,2027-03,",
                 ":991:10: error: 2027-03 lies after as_of"},
        Breakage{"import_month_doubled", "import_history.csv", "soybeans,2025-03,", "soybeans,2025-02,",
                 ":991:10: error: soybeans has 2025-02 twice"},
        Breakage{"import_total_gap", "import_history.csv", "all,2010-06,", "all,2027-06,",
                 ":1:1: error: months of all are missing: 2010-06"},
        Breakage{"import_line_gap", "import_history.csv", "integrated_circuits,2025-03,",
                 "integrated_circuits,2027-03,", ":1:1: error: months of integrated_circuits are missing: 2025-03"},
        Breakage{"import_negative_value", "import_history.csv", "soybeans,2025-03,1", "soybeans,2025-03,-1",
                 ":991:18: error: '-1.6098' is not above 0"},
        Breakage{"import_unknown_status", "import_history.csv", "10k t,derived", "10k t,derivd",
                 ":672:45: error: unknown status 'derivd'"},
        Breakage{"import_quantity_missing", "import_history.csv", "1.6098,350.34388,10k t", "1.6098,,",
                 ":1:1: error: quantities of soybeans are missing: 2025-03"},
        Breakage{"import_quantity_without_unit", "import_history.csv", "1.6098,350.34388,10k t", "1.6098,350.34388,",
                 ":991:35: error: a quantity without a unit"},
        Breakage{"import_unit_without_quantity", "import_history.csv", "1.6098,350.34388,10k t", "1.6098,,10k t",
                 ":991:26: error: a unit without a quantity"},
        Breakage{"import_unit_changes", "import_history.csv", "1.6098,350.34388,10k t", "1.6098,350.34388,t",
                 ":991:35: error: the unit changes"},
        Breakage{"import_quantity_of_imputed_price", "import_history.csv", "memory,2025-03,6.279582,,",
                 "memory,2025-03,6.279582,7,units", ":1:1: error: quantities of memory are given"},
        Breakage{"import_known_too_late", "import_history.csv", "data,2008-03-09", "data,2026-08-09",
                 ":2:45: error: known from 2026-08-09, after known_on"},
        Breakage{"import_product_doubled", "import_products.csv", "computing_chips,Proc", "memory,Proc",
                 ":3:1: error: 'memory' stands twice"},
        Breakage{"import_product_is_a_market", "import_products.csv", "pulp,", "japan,",
                 ":29:1: error: 'japan' is a market"},
        Breakage{"import_unknown_price_split", "import_products.csv", "quantity,gacc_import_lines",
                 "quantities,gacc_import_lines", ":5:133: error: unknown price_split 'quantities'"},
        Breakage{"import_season_missing", "import_seasonal.csv", "memory,JF", "memory,4",
                 ":1:1: error: season JF of memory is missing"},
        Breakage{"import_seasons_off", "import_seasonal.csv", "memory,JF,-0.1", "memory,JF,-0.2",
                 ":1:1: error: the seasons of memory do not average to 0"},
        Breakage{"import_missing_year", "import_lunar_new_year.csv", "2030,2030", "1999,1999",
                 ":1:1: error: year 2030 is missing"},
        Breakage{"import_unknown_driver", "import_loadings.csv", "crude_oil,oil_price", "crude_oil,oil_prices",
                 ":15:11: error: unknown driver 'oil_prices'"},
        Breakage{"import_unknown_linked_export", "import_loadings.csv", "memory,exports.phones", "memory,exports.phone",
                 ":54:8: error: unknown driver 'exports.phone'"},
        Breakage{"import_doubled_loading", "import_loadings.csv", "memory,exports.phones", "memory,exports.memory",
                 ":55:8: error: the loading stands twice"},
        Breakage{"import_bad_loading", "import_loadings.csv", "{triangular: [0.09333, 0.28, 0.5133]}",
                 "{triangular: [0.9, 0.28, 0.5133]}", ":2:25: error: "},
        Breakage{"import_unknown_parameter", "import_parameters.csv", "import_trend_shrinkage_frac",
                 "trend_shrinkage_frac", ":3:1: error: unknown parameter 'trend_shrinkage_frac'"},
        Breakage{"import_missing_parameter", "import_parameters.csv", "import_level_sd_log,memory,",
                 "import_level_sd_log,pulp,", ":1:1: error: parameter 'import_level_sd_log' is missing: memory"},
        Breakage{"import_parameter_of_a_market", "import_parameters.csv", "import_level_sd_log,memory,,",
                 "import_level_sd_log,memory,us,", ":11:28: error: unknown market 'us'"},
        Breakage{"import_member_unknown", "sets.csv", "ai_core,import_product,memory", "ai_core,import_product,phones",
                 ":60:24: error: unknown member 'phones'"},
        Breakage{"import_set_named_like_a_product", "sets.csv", "memory_compute,import_product,memory",
                 "steel,import_product,memory", ":77:1: error: 'steel' cannot be the name of a set"},
        Breakage{"customs_code_letters", "hs_codes.csv", "product,8486,", "product,84x6,",
                 ":7:9: error: '84x6' is no customs code"},
        Breakage{"customs_code_member", "hs_codes.csv", "8507,batteries", "8507,battery",
                 ":8:14: error: unknown member 'battery'"},
        Breakage{"customs_code_twice", "hs_codes.csv", "product,8507,batteries", "product,8486,semiconductor_equipment",
                 ":8:14: error: member 'semiconductor_equipment' of 8486 stands twice"},
        Breakage{"supplier_cell_missing", "supplier_shares.csv", "us,memory,", "us,phones,",
                 ":1:1: error: cell memory/us is missing"},
        Breakage{"supplier_share_zero", "supplier_shares.csv", "us,memory,2024,0.0437", "us,memory,2024,0",
                 ":2:16: error: the share is not between 0.001 and 0.999"},
        Breakage{"supplier_year", "supplier_shares.csv", "us,memory,2024,", "us,memory,2026,",
                 ":2:11: error: the shares are not of one whole year of the trend window"},
        Breakage{"supplier_parameter_missing", "armington_parameters.csv", "china_supply_elasticity",
                 "rival_supply_elasticity", ":1:1: error: parameter 'china_supply_elasticity' is missing"},
        Breakage{"stray_quote", "markets.csv", "United States", "Uni\"ted States", ":2:7: error: a stray quote"},
        Breakage{"doubled_cell", "matrix.csv", "memory,eu", "memory,us", ":3:8: error: the cell stands twice"},
        Breakage{"missing_cell", "matrix.csv", "memory,eu", "memory,us", ":1:1: error: cell memory/eu is missing"}),
    [](const auto& test) { return test.param.name; });

TEST(UnknownCalibration, IsRefusedWithTheNearestName) {
  try {
    load_calibration("china-2026-06");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(to_string(error).find("did you mean 'china-2026-05'"), std::string::npos);
  }
}

TEST(BrokenCalibration, TellsTheProblemsOfAllItsTablesAtOnce) {
  const fs::path folder = fs::temp_directory_path() / ("plimsoll-broken-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::copy(PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05", folder / "china-2026-05",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  fs::remove(folder / "china-2026-05/tariffs.csv");
  std::ofstream(folder / "china-2026-05/correlations.csv", std::ios::app)
      << "capex,oil_price,7,judgement,judgement,2026-06-09,\n";
  std::ofstream(folder / "china-2026-05/notes.csv") << "a\n1\n";
  try {
    load_calibration("china-2026-05", folder);
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().size(), 3U) << to_string(error);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace plimsoll
