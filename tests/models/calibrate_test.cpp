#include "models/estimation/calibrate.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/calibration_reader.hpp"
#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/prior_table.hpp"
#include "models/trade_file.hpp"
#include "tests/models/own_trade.hpp"

namespace plimsoll {
namespace {

const std::string kBase = "china-2026-05";

const TableFiles& base() {
  static const TableFiles files = [] {
    TableFiles all;
    const std::filesystem::path folder = std::filesystem::path(PLIMSOLL_SOURCE_DIR) / "models/calibrations" / kBase;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = std::filesystem::relative(entry.path(), folder);
      if (!name.ends_with(".csv") && !name.ends_with(".yaml")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      all[name] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }();
  return files;
}

double lagged_memory(Month m) {
  static const MonthlySeries index = read_driver(base(), kBase, "memory_price.boj_usd");
  return lagged_log(index, m, gamma_lag_weights(1.25, kMemoryLagLength));
}

double lagged_oil(Month m) {
  static const MonthlySeries oil = read_driver(base(), kBase, "oil_price");
  return lagged_log(oil, m, gamma_lag_weights(1, 12));
}

CalibrationMade made_from(const std::string& text, const std::string& drivers = "") {
  OwnData data;
  std::vector<Problem> problems;
  data.trade.push_back(parse_trade_file(text, "trade.csv", problems));
  if (!drivers.empty()) data.drivers = read_driver_data(drivers, "drivers.csv", problems);
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return calibrate_own(data, base(), kBase, "mine");
}

std::string simulated(unsigned seed = 1) { return simulated_trade({}, lagged_memory, seed); }

const EstimateRow& row_of(const CalibrationMade& made, const std::string& parameter, const std::string& product) {
  for (const EstimateRow& row : made.rows) {
    if (row.parameter == parameter && row.product == product && row.market.empty()) return row;
  }
  throw std::out_of_range(parameter + " " + product);
}

/// The error that `text` gives, as people read it; empty when there is none.
std::string error_of(const std::string& text, const std::string& drivers = "") {
  try {
    made_from(text, drivers);
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    return to_string(error);
  }
  return "";
}

/// `text` with `from` in its line number `line` replaced.
std::string changed(const std::string& text, int line, const std::function<std::string(const std::string&)>& change) {
  std::string result;
  std::size_t at = 0;
  for (int k = 1; at < text.size(); ++k) {
    const std::size_t end = text.find('\n', at);
    const std::string one = text.substr(at, end - at);
    result += k == line ? change(one) : one + "\n";
    at = end + 1;
  }
  return result;
}

TEST(Calibrate, RecoversWhatTheDataWereMadeFrom) {
  const TrueTrade truth;
  const CalibrationMade made = made_from(simulated());
  // One boom of the memory index: the loading is known to a few hundredths, the prior was 0.59 +- 0.26.
  const EstimateRow& memory = row_of(made, "loading.price.memory_price", "storage_units");
  EXPECT_EQ(memory.status, "moved");
  EXPECT_NEAR(memory.after.mean, truth.memory_price_loading, 3 * memory.after.sd);
  EXPECT_LT(memory.after.sd, 0.7 * memory.prior->sd);
  // Noise of a share and of the total.
  EXPECT_NEAR(row_of(made, "residual_volume_sd_log", "toys_of_wood").after.mean, truth.noise_sd, 0.02);
  EXPECT_GT(made.total.slope_log, 0);
  // What the data do not speak of stays as it was.
  EXPECT_EQ(row_of(made, "tariff_elasticity_1y", "lamps").status, "prior");
  EXPECT_EQ(row_of(made, "loading.volume.capex", "storage_units").observations > 0, true);
}

TEST(Calibrate, ItsPosteriorCoversTheTruthInMostDataSets) {
  int inside = 0;
  constexpr int kSets = 20;
  TrueTrade truth;
  for (unsigned seed = 1; seed <= kSets; ++seed) {
    SimulatedNormals normal(100 + seed);
    truth.memory_price_loading = 0.592 + 0.263 * normal();  // the prior: that of the base before its own data
    const EstimateRow row =
        row_of(made_from(simulated_trade(truth, lagged_memory, seed)), "loading.price.memory_price", "storage_units");
    inside += std::abs(row.after.mean - truth.memory_price_loading) < 1.645 * row.after.sd;
  }
  // 90% of 20 are 18; 14 or fewer would come up once in 90 times.
  EXPECT_GE(inside, 15);
}

TEST(Calibrate, GivesTheSameBytesAgain) { EXPECT_EQ(made_from(simulated()).files, made_from(simulated()).files); }

TEST(Calibrate, EstimatesImportsAsItDoesExports) {
  const double loading = 0.95;
  const std::string trade = simulated() + simulated_imports(loading, lagged_oil, 3);
  const CalibrationMade made = made_from(trade);
  EXPECT_EQ(made.import_products, 3U);  // oil, lanterns and what is left
  const EstimateRow& oil = row_of(made, "import_loading.price.oil_price", "crude_oil");
  EXPECT_EQ(oil.status, "moved");
  EXPECT_NEAR(oil.after.mean, loading, 3 * oil.after.sd);
  EXPECT_LT(oil.after.sd, 0.7 * oil.prior->sd);
  EXPECT_EQ(row_of(made, "import_residual_sd_log", "lanterns").status, "estimated");
  const TableText history = table_of(made.files, "mine", "import_history.csv");
  double sum = 0, total = 0;
  for (std::size_t r = 0; r < history.rows(); ++r) {
    if (history.at(r, "month") != "2025-07") continue;
    (history.at(r, "product") == "all" ? total : sum) += history.number(r, "value_usd_bn");
  }
  EXPECT_NEAR(sum, total, 1e-6);
  EXPECT_EQ(estimate_again(made.files, "mine", "mine").files.at("import_parameters.csv"),
            made.files.at("import_parameters.csv"));
  // Errors of imports are told like those of exports.
  std::string gap = trade;
  const std::size_t row = gap.find("imports,Lanterns,,2024-08");
  gap.erase(row, gap.find('\n', row) + 1 - row);
  EXPECT_NE(error_of(gap).find("Lanterns has no figure for 2024-08"), std::string::npos) << error_of(gap);
  const std::size_t toys = gap.find("exports,Toys of wood,,2024-08");
  gap.erase(toys, gap.find('\n', toys) + 1 - toys);
  const std::string both = error_of(gap);
  EXPECT_NE(both.find("Lanterns has no figure"), std::string::npos) << both;
  EXPECT_NE(both.find("Toys of wood has no figure"), std::string::npos) << both;
  const auto from = [&](const char* month) {
    return error_of(simulated() + trade.substr(trade.find(std::string("imports,,,") + month)));
  };
  EXPECT_NE(from("2024-06").find("imports begin in 2024-06"), std::string::npos) << from("2024-06");
  EXPECT_NE(from("2024-01").find("imports: the total has 29 months, 48 are needed"), std::string::npos)
      << from("2024-01");
}

TEST(Calibrate, ABaseOfOwnDataForgetsThem) {
  const CalibrationMade first = made_from(simulated());
  OwnData data;
  std::vector<Problem> problems;
  data.trade.push_back(parse_trade_file(simulated(), "trade.csv", problems));
  const CalibrationMade second = calibrate_own(data, first.files, "mine", "mine");
  for (const char* file : {"loadings.csv", "correlations.csv", "estimation/priors.csv"})
    EXPECT_EQ(second.files.at(file), first.files.at(file)) << file;
  const EstimateRow &a = row_of(first, "memory_lag_months", ""), &b = row_of(second, "memory_lag_months", "");
  EXPECT_EQ(a.prior->mean, b.prior->mean);
  EXPECT_EQ(a.after.mean, b.after.mean);
  // Its own tables are its inputs too.
  TableFiles again = estimate_again(first.files, "mine", "mine").files;
  EXPECT_EQ(again, first.files);
  // Posteriors in the tables do not matter: what is believed before stands beside them.
  TableFiles spoiled = first.files;
  TableText loadings = table_of(spoiled, "mine", "loadings.csv");
  for (std::size_t r = 0; r < loadings.rows(); ++r) {
    if (loadings.at(r, "source") == "estimate") loadings.set(r, "price", "7");
  }
  spoiled["loadings.csv"] = loadings.text();
  EXPECT_EQ(estimate_again(spoiled, "mine", "mine").files.at("loadings.csv"), first.files.at("loadings.csv"));
}

TEST(Calibrate, NamesTheLineOfAPriorThatCannotBeUsed) {
  const auto error_with = [](const std::string& row) {
    TableFiles files = base();
    files[kPriorTable] += row + "\n";
    const auto lines = std::count(files[kPriorTable].begin(), files[kPriorTable].end(), '\n');
    try {
      estimate_again(files, kBase, kBase);
    } catch (const InputError& error) {
      EXPECT_NE(to_string(error).find("priors.csv:" + std::to_string(lines) + ":"), std::string::npos)
          << to_string(error);
      return to_string(error);
    }
    return std::string("accepted");
  };
  const std::string end = ",priors,judgement,2026-06-09,";
  EXPECT_NE(error_with("loading.price.oil_price,no_such,,0.3" + end).find("has no row for"), std::string::npos);
  EXPECT_NE(error_with("loading.price.oil_price,metals,,{normal: {mean: 1}}" + end).find("error"), std::string::npos);
  EXPECT_NE(error_with("oil_lag_months,,,2,priors,judgement,2027-01-01,").find("known_on"), std::string::npos);
}

TEST(Calibrate, TheBaseOfDecemberGoesBackToItsPriorsToo) {
  TableFiles files;
  const std::filesystem::path folder = std::filesystem::path(PLIMSOLL_SOURCE_DIR) / "models/calibrations/china-2025-12";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), folder)] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  forget_own_data(files, "china-2025-12");
  EXPECT_NE(files.at("loadings.csv").find("storage_units,all,memory_price,0,\"{normal: {mean: 0.6789, sd: 0.3018}}\""),
            std::string::npos);
}

TEST(Calibrate, MakesAFolderThatLoadsWithItsGroupsAndObservedCells) {
  const CalibrationMade made = made_from(simulated());
  const std::filesystem::path place =
      std::filesystem::path(::testing::TempDir()) / ("plimsoll-own-calibration-" + std::to_string(getpid()));
  std::filesystem::create_directories(place / "mine");
  for (const auto& [file, bytes] : made.files) {
    if (file.find('/') == std::string::npos) std::ofstream(place / "mine" / file, std::ios::binary) << bytes;
  }
  const Calibration c = load_calibration("mine", place.string());
  std::filesystem::remove_all(place);
  ASSERT_EQ(c.products.size(), 4U);  // drives, lamps, toys and what is left
  EXPECT_EQ(c.products[1].id, "lamps");
  EXPECT_TRUE(c.products[0].quantity_printed);
  EXPECT_FALSE(c.products[2].quantity_printed);
  EXPECT_EQ(c.markets.size(), 2U);
  const auto cell = [&](const char* p, const char* m) {
    return c.cell_status[static_cast<std::size_t>(c.product_index(p)) * c.markets.size() +
                         static_cast<std::size_t>(c.market_index(m))];
  };
  EXPECT_EQ(cell("lamps", "us"), CellStatus::observed);
  EXPECT_EQ(cell("storage_units", "us"), CellStatus::imputed);
  EXPECT_EQ(c.as_of, Month::of(2026, 5));
}

TEST(Calibrate, KeepsWhatHangsTogetherAsResidualFactors) {
  // Half of the noise of six lines is one factor that the total does not have.
  SimulatedNormals normal(4);
  std::string text = "flow,product,market,period,value_usd_bn\n";
  for (Month m = Month::of(2020, 1); m <= Month::of(2026, 5); m = m + 1) {
    const double factor = 0.05 * normal();
    double sum = 0;
    for (int k = 0; k < 6; ++k) {
      const double value = 3 * std::exp((k < 3 ? 1 : -1) * factor + 0.02 * normal());
      sum += value;
      text += "exports,line " + std::to_string(k) + ",," + to_string(m) + "," + decimals(value, 6) + "\n";
    }
    text += "exports,,," + to_string(m) + "," + decimals(sum + 100 * std::exp(0.01 * normal()), 6) + "\n";
  }
  const CalibrationMade made = made_from(text);
  ASSERT_TRUE(made.files.contains("residual_loadings.csv"));
  const TableText loadings = table_of(made.files, "mine", "residual_loadings.csv");
  double first = 0, last = 0;
  for (std::size_t r = 0; r < loadings.rows(); ++r) {
    if (loadings.at(r, "product") == "line_0") first = loadings.number(r, "volume");
    if (loadings.at(r, "product") == "line_5") last = loadings.number(r, "volume");
  }
  EXPECT_LT(first * last, 0);
  EXPECT_NEAR(std::abs(first), 0.05, 0.025);
}

TEST(Calibrate, NamesFileAndLineOfDataErrors) {
  const std::string good = simulated();
  // Rows of a month: total, storage_units, Lamps, Toys, us, Lamps/us; line 2 is the total of 2021-01.
  constexpr int kToys = 5 + 6 * 40, kDrives = 3 + 6 * 40;
  const auto expect = [](const std::string& error, std::initializer_list<const char*> parts) {
    for (const char* part : parts) EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
  };
  const auto times = [](const std::string& line, double factor) {
    std::vector<std::string> fields;
    std::string rest = line;
    for (std::size_t comma = 0; comma != std::string::npos;) {
      comma = rest.find(',');
      fields.push_back(rest.substr(0, comma));
      if (comma != std::string::npos) rest.erase(0, comma + 1);
    }
    fields[4] = decimals(std::stod(fields[4]) * factor, 5);
    std::string joined;
    for (const std::string& field : fields) joined += (joined.empty() ? "" : ",") + field;
    return joined + "\n";
  };
  expect(error_of(changed(good, kToys, [](const auto&) { return std::string(); })),
         {"trade.csv:", "Toys of wood has no figure for 2024-05"});
  expect(error_of(changed(good, kToys, [](const auto& l) { return l + "\n" + l + "\n"; })),
         {"trade.csv:246", "stands twice, first in trade.csv:245"});
  expect(error_of(changed(good, kToys, [&](const auto& l) { return times(l, -1); })), {"trade.csv:245", "negative"});
  expect(error_of(changed(good, kToys, [&](const auto& l) { return times(l, 10); })),
         {"trade.csv:245", "is about 10 times its neighbours"});
  expect(error_of(changed(good, kToys, [&](const auto& l) { return times(l, 0.001); })),
         {"trade.csv:245", "is about 1/1000 times its neighbours"});
  expect(error_of(changed(good, kDrives, [](const auto& l) { return l.substr(0, l.rfind(',')) + ",tonnes\n"; })),
         {"trade.csv:243", "quantities in"});
}

TEST(Calibrate, TellsHistoriesThatAreTooShortOrHaveHoles) {
  const std::string good = simulated();
  EXPECT_NE(error_of(good.substr(0, good.find("exports,,,2022-06"))).find("at least 24 months"), std::string::npos);
  std::string rmb = good;
  rmb.replace(rmb.find("value_usd_bn"), 12, "value_rmb_bn");
  EXPECT_NE(error_of(rmb).find("values are in RMB"), std::string::npos);
  // A later month needs its drivers too.
  std::string later = good + "exports,,,2026-06,100,,\n";
  const std::string error = error_of(later);
  EXPECT_NE(error.find("trade.csv"), std::string::npos) << error;
}

TEST(Calibrate, ChecksDriverHistoryAsItDoesTrade) {
  const std::string good = simulated();
  const auto drivers = [](const std::string& rows) { return "driver,period,value,unit\n" + rows; };
  const auto has = [&](const std::string& rows, const std::string& part) {
    const std::string error = error_of(good, drivers(rows));
    EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
  };
  has("oil_price,2026-04,100,usd\noil_price,2026-04,101,usd\n", "drivers.csv:3");
  has("oil_price,2026-03,100,usd\noil_price,2026-05,101,usd\n", "has no figure for 2026-04");
  has("oil_price,2026-03,100,usd\noil_price,2026-04,101,eur\n", "units 'eur' and 'usd'");
  has("oil_price,2026-04,-5,usd\n", "drivers.csv:2");
  has("oil_prize,2026-04,95,usd\n", "did you mean 'oil_price'?");
  has("oil_price,2026-04,9.5,usd\n", "unit, base year and vintage are one");
  std::string slip =
      "oil_price,2025-10,64.5,\noil_price,2025-11,63.6,\noil_price,2025-12,62.5,\n"
      "oil_price,2026-01,660,\noil_price,2026-02,70,\noil_price,2026-03,90,\n";
  has(slip, "is about 10 times its neighbours");
}

}  // namespace
}  // namespace plimsoll
