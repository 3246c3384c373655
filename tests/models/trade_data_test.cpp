#include "models/trade_data.hpp"

#include <gtest/gtest.h>

#include "models/trade_file.hpp"
#include "models/trade_names.hpp"
#include "models/trade_period.hpp"
#include "models/trade_units.hpp"
#include "scenarios/text_encoding.hpp"

namespace plimsoll {
namespace {

const std::string kHeader = "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n";

TradeData joined(const std::vector<std::pair<std::string, std::string>>& named, const std::string& flow = kExports) {
  std::vector<TradeFile> files;
  std::vector<Problem> problems;
  for (const auto& [name, text] : named) files.push_back(parse_trade_file(text, name, problems));
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return join_trade_files(files, flow);
}

/// The message, or what was accepted.
std::string refused(const std::vector<std::pair<std::string, std::string>>& named) {
  try {
    joined(named);
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    return to_string(error);
  }
  return "accepted";
}

std::string months(const std::string& product, int count, double value) {
  std::string text;
  for (int k = 0; k < count; ++k)
    text += "exports," + product + ",," + to_string(Month::of(2025, 1) + k) + "," + std::to_string(value + 0.01 * k) +
            ",,\n";
  return text;
}

void expect_part(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(TradeData, DifferencesYearsToDateAndKeepsJanuaryFebruaryWhole) {
  const TradeData data =
      joined({{"t.csv", kHeader + "exports,Toys,,2026-01..2026-02,5,,\nexports,Toys,,2026-01..03,9,,\n"
                                  "exports,Toys,,2026-01..04,12,,\n"}});
  const SpanSums& toys = data.products.front().value;
  EXPECT_DOUBLE_EQ(*toys.over(Month::of(2026, 4), Month::of(2026, 4)), 3);
  EXPECT_DOUBLE_EQ(*toys.over(Month::of(2026, 3), Month::of(2026, 4)), 7);
  EXPECT_DOUBLE_EQ(*toys.over(Month::of(2026, 1), Month::of(2026, 2)), 5);
  EXPECT_FALSE(toys.over(Month::of(2026, 1), Month::of(2026, 1)));
}

TEST(TradeData, NamesTheLineOfADoubledMonthAndOfAMixedVintage) {
  const std::string twice = kHeader + "exports,Toys,,2026-05,1,,\nexports,toys,,2026-05,1,,\n";
  expect_part(refused({{"t.csv", twice}}), "t.csv:3:1: error: Toys: 2026-05 stands twice, first in t.csv:2:1");
  const std::string other = kHeader + "exports,Toys,,2026-05,1.1,,\n";
  expect_part(refused({{"a.csv", kHeader + "exports,Toys,,2026-05,1,,\n"}, {"b.csv", other}}), "different vintages");
  EXPECT_EQ(refused({{"a.csv", other}, {"b.csv", other}}), "accepted");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2026-01,1,,\nexports,Toys,,2026-02,1,,\n"
                                           "exports,Toys,,2026-01..02,3,,\n"}}),
              "the other figures add up to");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2026-01..03,3,,\nexports,Toys,,2026-01..04,2,,\n"}}),
              "t.csv:3:1: error: Toys: the year to date falls in 2026-04");
}

TEST(TradeData, NamesGapsButNotWhatCustomsPrintsOnceAYear) {
  std::string gap = kHeader + months("Toys", 6, 1);
  const std::size_t april = gap.find("exports,Toys,,2025-04");
  gap.erase(april, gap.find('\n', april) + 1 - april);
  expect_part(refused({{"t.csv", gap}}), "Toys has no figure for 2025-04");
  EXPECT_EQ(refused({{"t.csv", kHeader + "exports,Toys,,2025-05,1,,\nexports,Toys,,2026-05,1,,\n"}}), "accepted");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,us,2025-05,1,,\nexports,Toys,us,2025-07,1,,\n"
                                           "exports,Toys,eu,2025-05,1,,\nexports,Toys,eu,2025-06,1,,\n"}}),
              "Toys / us has no figure for 2025-06");
}

TEST(TradeData, NamesSlipsOfTenAndAThousandTimesInValuesAndQuantities) {
  for (const char* value : {"10.3", "0.103", "1030"}) {
    std::string slip = kHeader + months("Toys", 3, 1) + "exports,Toys,,2025-04," + value + ",,\n";
    for (const char* later : {"05", "06", "07"}) slip += std::string("exports,Toys,,2025-") + later + ",1.05,,\n";
    const std::string message = refused({{"t.csv", slip}});
    expect_part(message, "t.csv:5:1: error: Toys: the value of 2025-04");
    expect_part(message, "times its neighbours");
  }
  std::string tonnes = kHeader;
  for (int k = 1; k <= 6; ++k)
    tonnes += "exports,Toys,,2025-0" + std::to_string(k) + ",1," + (k == 4 ? "5000" : "5") + ",t\n";
  expect_part(refused({{"t.csv", tonnes}}), "the quantity of 2025-04, 5000 t, is about 1000 times its neighbours");
  // What grows threefold in a month is no slip.
  EXPECT_EQ(refused({{"t.csv", kHeader + months("Toys", 5, 1) + "exports,Toys,,2025-06,3.1,,\n"}}), "accepted");
}

TEST(TradeData, NamesNegativeValuesUnknownColumnsAndMixedUnits) {
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2026-05,-1,,\n"}}),
              "t.csv:2:23: error: value is negative: -1");
  expect_part(refused({{"t.csv", "flow,product,markt,period,value_usd_bn\n"}}), "did you mean 'market'?");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2026-13,1,,\n"}}), "'2026-13' is no period");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2026-05,1.5.2,,\n"}}), "is no number");
  expect_part(refused({{"t.csv", kHeader + "exports,Toys,,2025-05,1,5,t\nexports,Toys,,2026-05,1,5,台\n"}}),
              "quantities in 'units' and in 't'");
  const std::string rmb = "flow,product,market,period,value_rmb_bn\nexports,Toys,,2026-05,1\n";
  expect_part(refused({{"a.csv", kHeader + "exports,Toys,,2025-05,1,,\n"}, {"b.csv", rmb}}), "values are in RMB");
  expect_part(refused({{"t.csv", "a,b\n1,2\n"}}), "the layout of this table is not known");
  expect_part(refused({{"t.csv", "month,product,value\n2024-01,memory,10\n"}}), "there is no column 'flow'");
}

TEST(TradeData, ReadsComtradeAndRefusesTwoReporters) {
  const std::string head = "reporterDesc,flowCode,partnerDesc,cmdCode,period,primaryValue,netWgt,qty\n";
  const TradeData data = joined({{"c.csv", head + "China,X,World,TOTAL,202505,3000000000,,\n"
                                                  "China,X,World,8507,202505,2000000000,1000,5\n"
                                                  "China,X,USA,TOTAL,202505,500000000,,\n"}});
  EXPECT_DOUBLE_EQ(*data.total.value.over(Month::of(2025, 5), Month::of(2025, 5)), 3);
  EXPECT_DOUBLE_EQ(*data.products.front().quantity.over(Month::of(2025, 5), Month::of(2025, 5)), 1);
  EXPECT_EQ(data.markets.front().name, "USA");
  expect_part(refused({{"c.csv", head + "China,X,World,8507,202505,1,,\nJapan,X,World,8507,202505,1,,\n"}}),
              "c.csv:3:1: error: reporters 'China' and 'Japan'");
  expect_part(refused({{"c.csv", head + "China,RX,World,8507,202505,1,,\n"}}), "neither exports nor imports");
}

const std::string kChinese =
    "2026年5月全国出口重点商品量值表,,,,,,,\n单位：亿元人民币,,,,,,,\n"
    "商品名称,计量单位,5月,,1至5月累计,,累计比去年同期±%,\n,,数量,金额,数量,金额,数量,金额\n"
    "手机,万台,\"5,800.0\",690,30000,3400,-5,2\n机电产品*,-,-,16500,-,75000,-,9\n注：初步数,,,,,,,\n";

TEST(TradeData, ReadsCustomsTablesInChineseAndEnglish) {
  const TradeData data = joined({{"c.csv", kChinese}});
  EXPECT_EQ(data.currency, "RMB");
  ASSERT_EQ(data.products.size(), 2U);
  const TradeLine& phones = data.products.front();
  EXPECT_DOUBLE_EQ(*phones.value.over(Month::of(2026, 5), Month::of(2026, 5)), 69);
  EXPECT_DOUBLE_EQ(*phones.value.over(Month::of(2026, 1), Month::of(2026, 5)), 340);
  EXPECT_DOUBLE_EQ(*phones.quantity.over(Month::of(2026, 5), Month::of(2026, 5)), 58e6);
  const TradeData english =
      joined({{"e.csv",
               "Major Export Commodities in Quantity and Value May 2026,,,,,\nUnit: US$1000,,,,,\n"
               "Commodity,Unit,May,,Jan-May,\n,,Quantity,Value,Quantity,Value\n"
               "Mobile phones,10000 units,5800,\"9,500,000\",30000,\"47,000,000\"\n"}});
  EXPECT_EQ(english.currency, "USD");
  EXPECT_DOUBLE_EQ(*english.products.front().value.over(Month::of(2026, 1), Month::of(2026, 5)), 47);
  const TradeData countries =
      joined({{"m.csv",
               "2026年5月进出口商品国别（地区）总值表,,,,\n单位：万美元,,,,\n"
               "国别（地区）,出口,,进口,\n,当月,1至当月累计,当月,1至当月累计\n"
               "总值,37630000,160000000,25000000,110000000\n美国,4000000,18000000,1200000,6000000\n"}},
             kImports);
  EXPECT_DOUBLE_EQ(*countries.total.value.over(Month::of(2026, 5), Month::of(2026, 5)), 250);
  EXPECT_DOUBLE_EQ(*countries.markets.front().value.over(Month::of(2026, 1), Month::of(2026, 5)), 60);
}

TEST(TradeData, NeedsTheMonthAndTheUnitOfACustomsTable) {
  std::string without = kChinese;
  without.replace(without.find("亿元人民币"), std::string("亿元人民币").size(), "");
  expect_part(refused({{"c.csv", without}}), "the unit of the values is not known");
  std::string dateless = kChinese;
  dateless.replace(dateless.find("2026年5月"), std::string("2026年5月").size(), "");
  expect_part(refused({{"c.csv", dateless}}), "does not say which month");
}

TEST(TradeText, ComesFromGb18030AndUtf8WithAMark) {
  EXPECT_EQ(utf8_text("\xCA\xD6\xBB\xFA", "t.csv"), "手机");
  EXPECT_EQ(utf8_text("\xEF\xBB\xBF手机", "t.csv"), "手机");
  EXPECT_EQ(utf8_text(std::string("\xFF\xFE\x4B\x62\x3A\x67", 6), "t.csv"), "手机");
  EXPECT_THROW(utf8_text("\xFF\xFF\xFF", "t.csv"), InputError);
}

TEST(TradeUnits, AreMultiplesOfABaseUnit) {
  EXPECT_DOUBLE_EQ(quantity_unit("万吨").factor, 1e4);
  EXPECT_EQ(quantity_unit("千克").base, "t");
  EXPECT_DOUBLE_EQ(quantity_unit("千克").factor, 1e-3);
  EXPECT_DOUBLE_EQ(quantity_unit("亿个").factor, 1e8);
  EXPECT_DOUBLE_EQ(quantity_unit("10k t").factor, 1e4);
  EXPECT_DOUBLE_EQ(money_unit_in("单位：万美元")->bn, 1e-5);
  EXPECT_DOUBLE_EQ(money_unit_in("Unit: RMB 100 million")->bn, 0.1);
  EXPECT_FALSE(money_unit_in("单位"));
  EXPECT_EQ(parse_grouped_number("1,234,567.5"), 1234567.5);
  EXPECT_FALSE(parse_grouped_number("1,5"));
  EXPECT_FALSE(parse_grouped_number("1.234,5"));
}

TEST(TradePeriods, AreReadAsTheyAreWritten) {
  const Month may = Month::of(2026, 5);
  EXPECT_EQ(parse_data_period("2026ytd", may)->last, may);
  EXPECT_EQ(parse_data_period("2025ytd", may)->last, Month::of(2025, 12));
  EXPECT_EQ(parse_data_period("2026Q1", may)->first, Month::of(2026, 1));
  EXPECT_EQ(parse_data_period("2026-01..05", may)->frequency, Frequency::year_to_date);
  EXPECT_EQ(parse_data_period("2026-01..02", may)->frequency, Frequency::month);
  for (const char* bad : {"", "2026-13", "2026Q5", "ytd", "2026-05..03", "5月"})
    EXPECT_FALSE(parse_data_period(bad, may)) << bad;
}

TEST(TradeNames, MapOntoGroupsWhereALineIsAWholeGroupOrAPartOfOne) {
  const TradeNames names("china-2026-05", kExports);
  for (const auto& [printed, id] : std::vector<std::pair<std::string, std::string>>{{"手机", "phones"},
                                                                                    {"Mobile phones", "phones"},
                                                                                    {"汽车（包括底盘）", "autos"},
                                                                                    {"Bags and cases", "labour_goods"},
                                                                                    {"HS 854232", "memory"},
                                                                                    {"HS 870380", "autos"},
                                                                                    {"phones", "phones"},
                                                                                    {"集成电路", ""},
                                                                                    {"塑料制品", ""},
                                                                                    {"Lanterns", ""}})
    EXPECT_EQ(names.product(printed), id) << printed;
  EXPECT_EQ(names.market("Rep. of Korea"), "korea");
  EXPECT_EQ(names.market("中国香港"), "hong_kong");
  EXPECT_EQ(TradeNames("china-2026-05", kImports).product("原油"), "crude_oil");
}

}  // namespace
}  // namespace plimsoll
