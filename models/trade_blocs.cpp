#include "models/trade_blocs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "models/trade_units.hpp"

namespace plimsoll {
namespace {

/// A line and what lies inside it, as customs and UN Comtrade print them.
struct Bloc {
  const char* name;
  const char* members;  ///< parted by `|`
};
constexpr std::array kMarketBlocs{
    Bloc{
        "European Union",
        "Austria|奥地利|Belgium|比利时|Bulgaria|保加利亚|Croatia|克罗地亚|Cyprus|塞浦路斯|Czech Republic|Czechia|捷克|"
        "Denmark|丹麦|Estonia|爱沙尼亚|Finland|芬兰|France|法国|Germany|德国|Greece|希腊|Hungary|匈牙利|Ireland|爱尔兰|"
        "Italy|意大利|Latvia|拉脱维亚|Lithuania|立陶宛|Luxembourg|卢森堡|Malta|马耳他|Netherlands|荷兰|Poland|波兰|"
        "Portugal|葡萄牙|Romania|罗马尼亚|Slovakia|斯洛伐克|Slovenia|斯洛文尼亚|Spain|西班牙|Sweden|瑞典"},
    Bloc{"ASEAN",
         "Brunei|Brunei Darussalam|文莱|Cambodia|柬埔寨|Indonesia|印度尼西亚|印尼|Laos|Lao People's Dem. "
         "Rep.|老挝|Malaysia|"
         "马来西亚|Myanmar|缅甸|Philippines|菲律宾|Singapore|新加坡|Thailand|泰国|Vietnam|Viet "
         "Nam|越南|Timor-Leste|东帝汶"},
    Bloc{"Latin America",
         "Argentina|阿根廷|Bolivia|Bolivia (Plurinational State "
         "of)|玻利维亚|Brazil|巴西|Chile|智利|Colombia|哥伦比亚|Costa Rica|"
         "哥斯达黎加|Cuba|古巴|Dominican Rep.|多米尼加|Ecuador|厄瓜多尔|El "
         "Salvador|萨尔瓦多|Guatemala|危地马拉|Honduras|"
         "洪都拉斯|Nicaragua|尼加拉瓜|Panama|巴拿马|Paraguay|巴拉圭|Peru|秘鲁|Uruguay|乌拉圭|Venezuela|委内瑞拉"},
    Bloc{"Africa",
         "Algeria|阿尔及利亚|Angola|安哥拉|Egypt|埃及|Ethiopia|埃塞俄比亚|Ghana|加纳|Kenya|肯尼亚|Liberia|利比里亚|"
         "Libya|"
         "利比亚|Morocco|摩洛哥|Nigeria|尼日利亚|Senegal|塞内加尔|South Africa|南非|Tanzania|坦桑尼亚|Tunisia|突尼斯"},
};
/// Continents and clubs overlap the markets of every calibration.
constexpr std::array kRegions{"Asia",          "亚洲",
                              "Europe",        "欧洲",
                              "North America", "北美洲",
                              "Oceania",       "大洋洲",
                              "APEC",          "亚太经济合作组织",
                              "RCEP",          "区域全面经济伙伴关系协定",
                              "Belt and Road", "共建“一带一路”国家",
                              "一带一路",      "Middle East",
                              "中东"};
constexpr std::array kProductBlocs{
    Bloc{"Agricultural products", "Aquatic products|水产品|Grain|粮食|Soybeans|大豆|Edible vegetable oil|食用植物油"},
    Bloc{"Medicinal products", "Traditional Chinese medicine|中药材及中式成药"},
};
/// Aggregates over other lines of the same table.
constexpr std::array kAggregates{"Mechanical and electrical products", "High-tech products"};
/// `ADP sub-line: tablets` lies in the line that this prefix stands for.
struct Prefix {
  const char *prefix, *name;
};
constexpr std::array kSublines{Prefix{"ADP sub-line:", "Automatic data processing equipment and parts"},
                               Prefix{"Electrical equipment sub-line:", "Electrical equipment"}};

std::vector<std::string> members_of(const Bloc& bloc) {
  std::vector<std::string> names;
  std::string rest = bloc.members;
  for (std::size_t bar = 0; bar != std::string::npos;) {
    bar = rest.find('|');
    names.push_back(folded(rest.substr(0, bar)));
    if (bar != std::string::npos) rest.erase(0, bar + 1);
  }
  return names;
}

/// Member -> the bloc's name.
template <std::size_t N>
std::map<std::string, std::string> members(const std::array<Bloc, N>& blocs) {
  std::map<std::string, std::string> all;
  for (const Bloc& bloc : blocs) {
    for (const std::string& one : members_of(bloc)) all.emplace(one, bloc.name);
  }
  return all;
}

/// The lines' names as calibrations write them.
std::set<std::string> names_in(const std::vector<TradeLine>& lines) {
  std::set<std::string> names;
  for (const TradeLine& line : lines) names.insert(customs_name(folded(line.name)));
  return names;
}

std::string outer_product(const TradeLine& line, const std::set<std::string>& present, const std::string& above) {
  static const std::map<std::string, std::string> kInside = members(kProductBlocs);
  const std::string name = folded(line.name), plain = customs_name(name);
  for (const char* aggregate : kAggregates) {
    if (plain == folded(aggregate)) return "aggregate";
  }
  if (name.starts_with("其中") || name.starts_with("ofwhich")) return above.empty() ? "aggregate" : above;
  for (const Prefix& one : kSublines) {
    if (plain.starts_with(folded(one.prefix)) && present.contains(folded(one.name))) return one.name;
  }
  const auto bloc = kInside.find(name);
  if (bloc != kInside.end() && present.contains(folded(bloc->second))) return bloc->second;
  if (!name.starts_with("hs")) return "";
  for (std::size_t digits = 4; digits + 1 < name.size(); ++digits) {
    if (present.contains(name.substr(0, digits))) return "HS " + name.substr(2, digits - 2);
  }
  return "";
}

/// A less B over the spans that both have.
TradeLine difference(const TradeLine& whole, const TradeLine& part, const std::string& name) {
  TradeLine line;
  line.name = name;
  line.place = whole.place;
  for (const auto& [span, figure] : whole.printed) {
    const std::optional<double> less = part.value.over(span.first, span.second);
    if (!less || *less > figure.value_bn) continue;
    line.printed[span] = {figure.value_bn - *less, std::nullopt, figure.place, figure.layout};
    line.value.add(span.first, span.second, figure.value_bn - *less);
  }
  return line;
}

}  // namespace

std::vector<KeyedLine> key_products(const TradeData& data, const TradeNames& names) {
  const std::set<std::string> present = names_in(data.products);
  std::vector<KeyedLine> keyed;
  std::string above;
  for (const TradeLine& line : data.products) {
    KeyedLine one{line, names.product(line.name), true, outer_product(line, present, above)};
    if (one.part_of.empty()) above = line.name;
    if (one.key.empty()) {
      one.known = false;
      one.key = line.name;
    }
    keyed.push_back(std::move(one));
  }
  return keyed;
}

std::vector<KeyedLine> key_markets(const TradeData& data, const TradeNames& names) {
  static const std::map<std::string, std::string> kInside = members(kMarketBlocs);
  const std::set<std::string> present = names_in(data.markets);
  const auto find = [&](const char* name) {
    return std::find_if(data.markets.begin(), data.markets.end(),
                        [&](const TradeLine& line) { return customs_name(folded(line.name)) == folded(name); });
  };
  std::vector<KeyedLine> keyed;
  for (const TradeLine& line : data.markets) {
    const std::string name = folded(line.name), plain = customs_name(name);
    KeyedLine one{line, names.market(line.name), true, ""};
    const bool region =
        std::any_of(kRegions.begin(), kRegions.end(), [&](const char* r) { return plain == folded(r); });
    const auto bloc = kInside.find(name);
    if (region) one.part_of = "region";
    if (bloc != kInside.end() && present.contains(folded(bloc->second))) one.part_of = bloc->second;
    if (bloc != kInside.end() && one.part_of.empty() && one.key.empty()) one.key = names.market(bloc->second);
    if (bloc != kInside.end() && one.key.empty() && std::string(bloc->second) == "Latin America")
      one.key = names.market("Latin America less Mexico");
    if (plain == folded("Latin America") && find("Mexico") != data.markets.end()) one.part_of = "region";
    if (!one.part_of.empty()) one.key = line.name;
    if (one.key.empty() || !one.part_of.empty()) {
      one.known = false;
      if (one.key.empty()) one.key = line.name;
    }
    keyed.push_back(std::move(one));
  }
  const auto latin = find("Latin America"), mexico = find("Mexico");
  if (latin != data.markets.end() && mexico != data.markets.end()) {
    const std::string name = "Latin America less Mexico";
    KeyedLine rest{difference(*latin, *mexico, name), names.market(name), true, ""};
    if (rest.key.empty()) {
      rest.known = false;
      rest.key = name;
    }
    keyed.push_back(std::move(rest));
  }
  return keyed;
}

}  // namespace plimsoll
