#include "models/trade_names.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "models/calibration_files.hpp"
#include "models/trade_units.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

struct Synonym {
  const char *name, *printed;
};
/// Lines and partners as the General Administration of Customs prints them in its tables, and UN Comtrade's names.
constexpr std::array kSynonyms{
    Synonym{"Refined oil products", "成品油"},
    Synonym{"Rare earths", "稀土"},
    Synonym{"Medicinal products", "医药材及药品"},
    Synonym{"Fertiliser", "肥料"},
    Synonym{"Fertiliser", "Fertilizers"},
    Synonym{"Plastic products", "塑料制品"},
    Synonym{"Bags", "箱包及类似容器"},
    Synonym{"Bags", "Bags and cases"},
    Synonym{"Textiles", "纺织纱线、织物及其制品"},
    Synonym{"Textiles", "纺织纱线、织物及制品"},
    Synonym{"Textiles", "Textile yarn, fabrics and products"},
    Synonym{"Textiles", "Textile yarn, fabrics and articles"},
    Synonym{"Textiles", "Textile yarn, fabrics and their products"},
    Synonym{"Garments", "服装及衣着附件"},
    Synonym{"Garments", "Garments and accessories"},
    Synonym{"Footwear", "鞋靴"},
    Synonym{"Steel products", "钢材"},
    Synonym{"Unwrought aluminium and products", "未锻轧铝及铝材"},
    Synonym{"Automatic data processing equipment and parts", "自动数据处理设备及其零部件"},
    Synonym{"Automatic data processing equipment and parts", "ADP equipment and parts"},
    Synonym{"Mobile phones", "手机"},
    Synonym{"Household appliances", "家用电器"},
    Synonym{"Integrated circuits", "集成电路"},
    Synonym{"Motor vehicles incl. chassis", "汽车（包括底盘）"},
    Synonym{"Motor vehicles incl. chassis", "汽车(包含底盘)"},
    Synonym{"Motor vehicle parts", "汽车零配件"},
    Synonym{"Ships", "船舶"},
    Synonym{"Furniture", "家具及其零件"},
    Synonym{"Furniture", "Furniture and parts"},
    Synonym{"Toys", "玩具"},
    Synonym{"General machinery", "通用机械设备"},
    Synonym{"Agricultural products", "农产品"},
    Synonym{"Electrical equipment sub-line: accumulators", "蓄电池"},
    Synonym{"Mechanical and electrical products", "机电产品"},
    Synonym{"High-tech products", "高新技术产品"},
    Synonym{"Crude oil", "原油"},
    Synonym{"Natural gas", "天然气"},
    Synonym{"Coal and lignite", "煤及褐煤"},
    Synonym{"Iron ore", "铁矿砂及其精矿"},
    Synonym{"Copper ore", "铜矿砂及其精矿"},
    Synonym{"Unwrought copper and products", "未锻轧铜及铜材"},
    Synonym{"Soybeans", "大豆"},
    Synonym{"Pulp", "纸浆"},
    Synonym{"Plastics in primary forms", "初级形状的塑料"},
    Synonym{"Natural and synthetic rubber", "天然及合成橡胶（包括胶乳）"},
    Synonym{"Diodes and similar semiconductors", "二极管及类似半导体器件"},
    Synonym{"LCD panel modules", "液晶平板显示模组"},
    Synonym{"Medical instruments", "医疗仪器及器械"},
    Synonym{"United States", "美国"},
    Synonym{"United States", "USA"},
    Synonym{"United States", "United States of America"},
    Synonym{"European Union", "欧盟"},
    Synonym{"European Union", "欧洲联盟"},
    Synonym{"European Union", "EU"},
    Synonym{"ASEAN", "东盟"},
    Synonym{"ASEAN", "东南亚国家联盟"},
    Synonym{"Japan", "日本"},
    Synonym{"South Korea", "韩国"},
    Synonym{"South Korea", "Rep. of Korea"},
    Synonym{"South Korea", "Republic of Korea"},
    Synonym{"Taiwan", "中国台湾"},
    Synonym{"Taiwan", "台湾"},
    Synonym{"Taiwan", "台湾省"},
    Synonym{"Taiwan", "Other Asia, nes"},
    Synonym{"Taiwan", "Taiwan, China"},
    Synonym{"Hong Kong", "中国香港"},
    Synonym{"Hong Kong", "香港"},
    Synonym{"Hong Kong", "China, Hong Kong SAR"},
    Synonym{"Hong Kong", "Hong Kong, China"},
    Synonym{"India", "印度"},
    Synonym{"Mexico", "墨西哥"},
    Synonym{"Africa", "非洲"},
    Synonym{"Russia", "俄罗斯"},
    Synonym{"Russia", "俄罗斯联邦"},
    Synonym{"Russia", "Russian Federation"},
    Synonym{"United Kingdom", "英国"},
    Synonym{"United Kingdom", "UK"},
    Synonym{"Latin America", "拉丁美洲"},
};

const std::string& cell(const CsvTable& table, const CsvTable::Row& row, const std::string& column) {
  return row.fields[static_cast<std::size_t>(table.column(column))];
}

/// A line of a table is a group of its own, not a part or a rest.
bool is_plain(const std::string& line) {
  static constexpr std::array<const char*, 4> kNot{"part of", " less ", "residual", "World"};
  return !line.empty() &&
         std::none_of(kNot.begin(), kNot.end(), [&](const char* word) { return line.find(word) != std::string::npos; });
}

/// Codes that belong to the group as a whole: 851713, 8701-8706. Ranges and codes in part are told by words.
std::vector<std::string> plain_codes(const std::string& text) {
  std::vector<std::string> codes;
  if (text.find("except") != std::string::npos || text.find(';') != std::string::npos) return codes;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word.starts_with("(")) {
      if (!codes.empty()) codes.pop_back();
      continue;
    }
    const std::size_t dash = word.find('-');
    if (word.find_first_not_of("0123456789-") != std::string::npos) continue;
    if (dash == std::string::npos) {
      codes.push_back(word);
      continue;
    }
    const int low = std::stoi(word.substr(0, dash)), high = std::stoi(word.substr(dash + 1));
    for (int code = low; code <= high; ++code) {
      std::string padded = std::to_string(code);
      padded.insert(0, dash - std::min(dash, padded.size()), '0');
      codes.push_back(padded);
    }
  }
  return codes;
}

}  // namespace

std::string customs_name(const std::string& folded_name) {
  static const std::map<std::string, std::string> kNames = [] {
    std::map<std::string, std::string> names;
    for (const Synonym& one : kSynonyms) names.emplace(folded(one.printed), folded(one.name));
    return names;
  }();
  const auto place = kNames.find(folded_name);
  return place == kNames.end() ? folded_name : place->second;
}

TradeNames::TradeNames(const std::string& calibration, const std::string& flow) {
  const std::map<std::string, std::string> files = calibration_files(calibration, "");
  const std::string products = flow == "imports" ? "import_products.csv" : "products.csv";
  if (files.contains(products)) read_products(files.at(products), products);
  if (files.contains("markets.csv")) read_markets(files.at("markets.csv"), "markets.csv");
}

void TradeNames::read_products(const std::string& text, const std::string& file) {
  const CsvTable table = parse_csv(text, file);
  for (const CsvTable::Row& row : table.rows) {
    const std::string& id = cell(table, row, "id");
    for (const std::string& code : plain_codes(cell(table, row, "hs_codes"))) codes_.emplace(code, id);
    product_titles_[id] = {cell(table, row, "title_en"), cell(table, row, "title_zh")};
    for (const char* column : {"id", "title_en", "title_zh"}) products_.emplace(folded(cell(table, row, column)), id);
    std::istringstream text_of_lines(cell(table, row, "customs_lines"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text_of_lines, line, ';');) lines.push_back(folded(line));
    // A line of a group that also holds a part of another would pass for the group.
    if (!is_plain(cell(table, row, "customs_lines"))) continue;
    for (const std::string& line : lines) products_.emplace(line, id);
    lines_[id] = lines;
  }
}

void TradeNames::read_markets(const std::string& text, const std::string& file) {
  const CsvTable table = parse_csv(text, file);
  for (const CsvTable::Row& row : table.rows) {
    const std::string& id = cell(table, row, "id");
    market_titles_[id] = {cell(table, row, "title_en"), cell(table, row, "title_zh")};
    for (const char* column : {"id", "title_en", "title_zh", "members"})
      markets_.emplace(folded(cell(table, row, column)), id);
  }
}

std::string TradeNames::product(const std::string& printed) const {
  std::string name = folded(printed);
  if (name.starts_with("hs")) {
    const std::string code = name.substr(2);
    for (std::size_t digits = code.size(); digits >= 2; --digits) {
      const auto place = codes_.find(code.substr(0, digits));
      if (place != codes_.end()) return place->second;
    }
    return "";
  }
  for (const std::string& one : {name, customs_name(name)}) {
    const auto place = products_.find(one);
    if (place != products_.end()) return place->second;
  }
  return "";
}

bool TradeNames::has_all_lines(const std::string& id, const std::vector<std::string>& printed) const {
  const auto lines = lines_.find(id);
  if (lines == lines_.end() || lines->second.size() < 2) return true;
  return std::all_of(lines->second.begin(), lines->second.end(), [&](const std::string& line) {
    return std::any_of(printed.begin(), printed.end(), [&](const std::string& one) {
      const std::string name = folded(one);
      const bool group = name == folded(id) || name == folded(product_titles_.at(id).en) ||
                         name == folded(product_titles_.at(id).zh) || name.starts_with("hs");
      return group || customs_name(name) == line || name == line;
    });
  });
}

std::string TradeNames::market(const std::string& printed) const {
  const std::string name = folded(printed);
  for (const std::string& one : {name, customs_name(name)}) {
    const auto place = markets_.find(one);
    if (place != markets_.end()) return place->second;
  }
  return "";
}

}  // namespace plimsoll
