// Every error of data in every layout and direction of trade: found, and named with file and line.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "models/estimation/table_text.hpp"
#include "models/trade_data.hpp"
#include "models/trade_file.hpp"

namespace plimsoll {
namespace {

constexpr Month kFrom = Month::of(2024, 3);
constexpr int kMonths = 14;
constexpr int kAt = 9;  // where errors are put: 2024-12

/// One product's figures before they are printed; an error changes some of them.
struct Printed {
  std::vector<double> value, quantity;  ///< bn, and thousand tonnes
  std::vector<std::string> unit;
  std::vector<int> copies;  ///< of each row
};

Printed sound() {
  Printed p;
  for (int k = 0; k < kMonths; ++k) {
    p.value.push_back(2 + 0.1 * std::sin(k));
    p.quantity.push_back(30 + std::cos(k));
    p.unit.emplace_back("t");
    p.copies.push_back(1);
  }
  return p;
}

using Files = std::vector<std::pair<std::string, std::string>>;
using Printer = std::function<Files(const Printed&, const std::string& flow)>;

Files tidy(const Printed& p, const std::string& flow) {
  std::string text = "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n";
  for (int k = 0; k < kMonths; ++k) {
    const auto i = static_cast<std::size_t>(k);
    for (int copy = 0; copy < p.copies[i]; ++copy)
      text += flow + ",Toys,," + to_string(kFrom + k) + "," + decimals(p.value[i], 6) + "," +
              decimals(1000 * p.quantity[i], 6) + "," + p.unit[i] + "\n";
    text += flow + ",Lamps,," + to_string(kFrom + k) + ",1,,\n";
  }
  return {{"data.csv", text}};
}

Files comtrade(const Printed& p, const std::string& flow) {
  std::string text = "reporterDesc,flowCode,partnerDesc,cmdCode,period,primaryValue,netWgt,qty,qtyUnitAbbr\n";
  for (int k = 0; k < kMonths; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const Month m = kFrom + k;
    const std::string head = std::string("China,") + (flow == kExports ? "X" : "M") + ",World,",
                      month = std::to_string(m.year() * 100 + m.month());
    const bool tonnes = p.unit[i] == "t";
    for (int copy = 0; copy < p.copies[i]; ++copy)
      text += head + "9503," + month + "," + decimals(1e9 * p.value[i], 0) + "," +
              (tonnes ? decimals(1e6 * p.quantity[i], 0) : "") + "," + decimals(1e6 * p.quantity[i], 0) + "," +
              (tonnes ? "kg" : "u") + "\n";
    text += head + "9405," + month + ",1000000000,,,\n";
  }
  return {{"data.csv", text}};
}

/// One table a month, as customs prints them: the month alone.
Files customs(const Printed& p, const std::string& flow) {
  Files files;
  for (int k = 0; k < kMonths; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const Month m = kFrom + k;
    std::string text = std::to_string(m.year()) + "年" + std::to_string(m.month()) + "月全国" +
                       (flow == kExports ? "出口" : "进口") + "重点商品量值表,,,\n单位：亿美元,,,\n商品名称,计量单位," +
                       std::to_string(m.month()) + "月,\n,,数量,金额\n";
    for (int copy = 0; copy < p.copies[i]; ++copy)
      text += "玩具," + std::string(p.unit[i] == "t" ? "千吨" : "万台") + "," + decimals(p.quantity[i], 6) + "," +
              decimals(10 * p.value[i], 6) + "\n";
    text += "灯具,-,-,10\n";
    files.push_back({"data" + std::to_string(k) + ".csv", text});
  }
  return files;
}

std::string error_of(const Files& named, const std::string& flow) {
  std::vector<TradeFile> files;
  std::vector<Problem> problems;
  try {
    for (const auto& [name, text] : named) files.push_back(parse_trade_file(text, name, problems));
    if (!problems.empty()) throw InputError(InputKind::data, problems);
    join_trade_files(files, flow);
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    return to_string(error);
  }
  return "";
}

struct Layout {
  const char* name;
  Printer print;
  std::function<std::string(int)> place;  ///< of Toys in a month that stands once, until the first error
};
const Layout kLayouts[] = {
    {"tidy", tidy, [](int k) { return "data.csv:" + std::to_string(2 + 2 * k) + ":"; }},
    {"comtrade", comtrade, [](int k) { return "data.csv:" + std::to_string(2 + 2 * k) + ":"; }},
    {"customs", customs, [](int k) { return "data" + std::to_string(k) + ".csv:5:"; }},
};

class TradeErrors : public ::testing::TestWithParam<std::tuple<int, const char*>> {
 protected:
  const Layout& layout() const { return kLayouts[static_cast<std::size_t>(std::get<0>(GetParam()))]; }
  std::string flow() const { return std::get<1>(GetParam()); }
  void expect_error(const Printed& p, const std::string& place, const std::string& part) const {
    const std::string error = error_of(layout().print(p, flow()), flow());
    EXPECT_NE(error.find(place), std::string::npos) << place << "\n" << error;
    EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
  }
};

TEST_P(TradeErrors, SoundDataAreTaken) { EXPECT_EQ(error_of(layout().print(sound(), flow()), flow()), ""); }

TEST_P(TradeErrors, ADoubledMonth) {
  Printed p = sound();
  p.copies[kAt] = 2;
  const bool customs_table = std::string(layout().name) == "customs";
  expect_error(p, customs_table ? "data9.csv:6:" : layout().place(kAt).substr(0, 9) + std::to_string(3 + 2 * kAt) + ":",
               "stands twice, first in");
}

TEST_P(TradeErrors, AGap) {
  Printed p = sound();
  p.copies[kAt] = 0;
  expect_error(p, layout().place(kAt - 1), "has no figure for 2024-12");
}

TEST_P(TradeErrors, ANegativeValue) {
  Printed p = sound();
  p.value[kAt] = -2;
  expect_error(p, layout().place(kAt), "negative");
}

TEST_P(TradeErrors, ASlipOfOneMonth) {
  for (const double times : {10.0, 1000.0, 0.1, 0.001}) {
    Printed p = sound();
    p.value[kAt] *= times;
    expect_error(p, layout().place(kAt), "times its neighbours");
    p = sound();
    p.quantity[kAt] *= times;
    expect_error(p, layout().place(kAt), "the quantity of 2024-12");
  }
}

TEST_P(TradeErrors, ASlipOfTwoMonthsInARow) {
  Printed p = sound();
  for (const std::size_t k : {kAt, kAt + 1}) p.value[k] *= 1000;
  expect_error(p, layout().place(kAt), "is about 1000 times its neighbours");
  expect_error(p, layout().place(kAt + 1), "is about 1000 times its neighbours");
}

TEST_P(TradeErrors, AUnitThatChangesFromAMonthOn) {
  for (const double times : {10.0, 0.001}) {
    Printed p = sound();
    for (std::size_t k = kAt; k < kMonths; ++k) p.value[k] *= times;
    expect_error(p, layout().place(kAt), "from 2024-12 on the value is about");
    p = sound();
    for (std::size_t k = kAt; k < kMonths; ++k) p.quantity[k] *= times;
    expect_error(p, layout().place(kAt), "from 2024-12 on the quantity is about");
  }
}

TEST_P(TradeErrors, TwoUnitsOfQuantity) {
  Printed p = sound();
  p.unit[kAt] = "units";
  expect_error(p, layout().place(kAt), "quantities in 'units' and in 't'");
}

TEST_P(TradeErrors, FilesOfTwoVintages) {
  Printed p = sound();
  Files files = layout().print(p, flow());
  p.value[kAt] *= 1.02;
  for (auto& [name, text] : layout().print(p, flow())) files.emplace_back("later_" + name, text);
  const std::string error = error_of(files, flow());
  EXPECT_NE(error.find("later_" + layout().place(kAt)), std::string::npos) << error;
  EXPECT_NE(error.find("files of different vintages are not mixed"), std::string::npos) << error;
}

TEST_P(TradeErrors, WhatGrowsFourfoldIsNone) {
  Printed p = sound();
  for (std::size_t k = kAt; k < kMonths; ++k) p.value[k] *= 4;
  EXPECT_EQ(error_of(layout().print(p, flow()), flow()), "");
}

INSTANTIATE_TEST_SUITE_P(Each, TradeErrors,
                         ::testing::Combine(::testing::Values(0, 1, 2), ::testing::Values(kExports, kImports)),
                         [](const auto& test) {
                           return std::string(kLayouts[static_cast<std::size_t>(std::get<0>(test.param))].name) + "_" +
                                  std::get<1>(test.param);
                         });

}  // namespace
}  // namespace plimsoll
