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
  const char* message;  ///< must stand in some problem's text
};

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
    EXPECT_NE(all.find(b.message), std::string::npos) << all;
    EXPECT_NE(all.find(b.file), std::string::npos) << all;
    EXPECT_GT(error.problems().front().place.line, 0) << all;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, MalformedCalibration,
    ::testing::Values(
        Breakage{"unknown_column", "history.csv", "quantity_unit", "quantity_unti",
                 "column 'quantity_unit' is missing"},
        Breakage{"no_number", "history.csv", "all,all,2008-01,109.6", "all,all,2008-01,lots", "'lots' is not a number"},
        Breakage{"negative_value", "history.csv", "all,all,2008-01,109.6", "all,all,2008-01,-109.6", "is not above 0"},
        Breakage{"bad_month", "history.csv", "all,all,2008-01,", "all,all,2008-13,", "'2008-13' is not a month"},
        Breakage{"missing_month", "history.csv", "all,all,2010-06,", "all,all,2027-06,",
                 "month 2010-06 of all/all is missing"},
        Breakage{"sum_off", "history.csv", "all,all,2025-03,3", "all,all,2025-03,4",
                 "do not add up to the total in 2025-03"},
        Breakage{"unknown_source", "history.csv", "observed,gacc_total", "observed,gacc_totl",
                 "'gacc_totl' is not in sources.csv"},
        Breakage{"unknown_kind", "history.csv", "gacc_total,data", "gacc_total,guess", "unknown kind 'guess'"},
        Breakage{"known_too_late", "history.csv", "data,2008-03-09", "data,2026-08-09",
                 "known from 2026-08-09, after known_on"},
        Breakage{"unknown_product", "seasonal.csv", "memory,JF", "memroy,JF", "did you mean 'memory'"},
        Breakage{"doubled_parameter", "parameters.csv", "",
                 "trend_damping_monthly,,,0.9,coefficient,0,estimate,data,2026-06-09,\n", "stands twice"},
        Breakage{"unknown_parameter", "parameters.csv", "trend_shrinkage_frac", "trend_shrinkage_fraq",
                 "unknown parameter 'trend_shrinkage_fraq'"},
        Breakage{"share_too_large", "parameters.csv", "coefficient,0,estimate", "coefficient,2,estimate",
                 "is not a share from 0 to 1"},
        Breakage{"unknown_driver", "loadings.csv", "memory,all,capex", "memory,all,capx", "unknown driver 'capx'"},
        Breakage{"gap_in_driver", "drivers.csv", "memory_price.boj_usd,2013-05", "memory_price.boj_usd,2013-06",
                 "the month before 2013-06 is missing"},
        Breakage{"bad_quarter", "drivers.csv", "2020Q1", "2020Q5", "is not a quarter"},
        Breakage{"correlation_outside", "correlations.csv", "capex,memory_price,0.3", "capex,memory_price,1.3",
                 "outside -1 to 1"},
        Breakage{"as_of_january", "calibration.yaml", "as_of: 2026-05", "as_of: 2026-01", "as_of is a January"},
        Breakage{"doubled_yaml_key", "calibration.yaml", "reporter: china", "reporter: china\nreporter: china",
                 "stands twice"},
        Breakage{"ragged_row", "sets.csv", "", "ai_core,product\n", "fields, the header has"},
        Breakage{"stray_quote", "markets.csv", "United States", "Uni\"ted States", "stray quote"},
        Breakage{"missing_cell", "matrix.csv", "memory,eu", "memory,us", "the cell stands twice"}),
    [](const auto& test) { return test.param.name; });

TEST(UnknownCalibration, IsRefusedWithTheNearestName) {
  try {
    load_calibration("china-2026-06");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(to_string(error).find("did you mean 'china-2026-05'"), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll
