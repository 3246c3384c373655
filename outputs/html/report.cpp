#include "outputs/html/report.hpp"

#include <map>

#include "outputs/html/page_files.hpp"
#include "outputs/html/report_data.hpp"
#include "outputs/labels.hpp"
#include "outputs/markup_text.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// What the data of several runs may take; the file then stays under three megabytes with charts and page.
constexpr std::size_t kMostDataBytes = 1'900'000;

/// Our scripts in the order in which they run: one text, since they share their names.
constexpr const char* kScripts[] = {"words.js",         "format.js",  "charts.js",   "fan.js",
                                    "contributions.js", "chances.js", "tail.js",     "scenarios.js",
                                    "differences.js",   "facts.js",   "glossary.js", "page.js"};
constexpr const char* kLicences[] = {"echarts/NOTICE", "echarts/LICENSE", "echarts/licenses/LICENSE-d3",
                                     "zrender/LICENSE"};

/// `<` would let a title end the script that holds it.
std::string in_script(std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos; at += 6) json.replace(at, 1, "\\u003c");
  return json;
}

/// What a content security policy calls a script: the hash of its text, so that no other script may run.
std::string script_hash(const std::string& script) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256_hex(script);
  std::string base64;
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    const std::string three = hex.substr(at, 6);
    const auto bits = static_cast<unsigned>(std::stoul(three + std::string(6 - three.size(), '0'), nullptr, 16));
    const std::size_t characters = three.size() * 4 / 6 + (three.size() < 6 ? 1 : 0);
    for (std::size_t k = 0; k < 4; ++k) base64 += k < characters ? kDigits[(bits >> (18 - 6 * k)) & 63U] : '=';
  }
  return "'sha256-" + base64 + "'";
}

/// The page with its marks `{{name}}` filled, in one pass: what stands in a text is no mark.
std::string filled(const std::string& page, const std::map<std::string, std::string>& texts) {
  std::string out;
  std::size_t from = 0, found = 0;
  for (std::size_t at = 0; (at = page.find("{{", from)) != std::string::npos; ++found) {
    const std::size_t end = page.find("}}", at);
    out += page.substr(from, at - from) + texts.at(page.substr(at + 2, end - at - 2));
    from = end + 2;
  }
  if (found != texts.size()) throw std::logic_error("page.html does not hold every mark once");
  return out + page.substr(from);
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ",") + item;
  return text;
}

/// A name that is not UTF-8 must not stop a report.
std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

void HtmlReport::add(const RunResults& results, const RunContext& context, const std::string& digest) {
  nlohmann::ordered_json full = run_json(results, context, ReportDetail::full, periods_);
  full["facts"]["digest"] = digest;
  add_history(results, periods_, histories_[history_key(context)]);
  if (title_.empty()) title_ = context.title_en.empty() ? context.scenario_name : context.title_en;
  full_.push_back(dumped(full));
  if (runs_ == Runs::one) return;  // the shorter form is of several
  nlohmann::ordered_json brief = run_json(results, context, ReportDetail::brief, periods_);
  brief["facts"]["digest"] = digest;
  brief_.push_back(dumped(brief));
}

void HtmlReport::add(const ReportedComparison& comparison) {
  if (title_.empty()) title_ = comparison.other + " - " + comparison.base;
  comparisons_.push_back(dumped(comparison_json(comparison, periods_)));
}

std::string HtmlReport::html() const {
  if (!html_report_available()) {
    throw InputError(InputKind::usage,
                     {{{}, "", "report.html cannot be written", html_report_problem(), html_report_hint()}});
  }
  std::size_t bytes = 0;
  for (const std::string& run : full_) bytes += run.size();
  const bool brief = full_.size() > 1 && bytes > kMostDataBytes;
  std::string languages;
  for (const std::string& language : languages_) languages += (languages.empty() ? "\"" : ",\"") + language + "\"";
  const std::string data =
      in_script("{\"format\":1,\"languages\":[" + languages + "],\"periods\":" + dumped(periods_.json()) +
                ",\"histories\":" + dumped(histories_) + ",\"runs\":[" + joined(brief ? brief_ : full_) +
                "],\"comparisons\":[" + joined(comparisons_) + "]}");
  const std::string charts = package_file("echarts/dist/echarts.common.min.js");
  std::string script = "'use strict';\n";
  for (const char* name : kScripts) script += page_file(name);
  std::string licences;
  for (const char* name : kLicences) licences += html_escaped(package_file(name)) + "\n\n";

  return filled(page_file("page.html"), {{"title", html_escaped(title_)},
                                         {"script hashes", script_hash(charts) + " " + script_hash(script)},
                                         {"style", page_file("style.css")},
                                         {"licences", licences},
                                         {"data", data},
                                         {"charts", charts},
                                         {"script", script}});
}

std::string html_report(const RunResults& results, const RunContext& context, const std::string& digest) {
  HtmlReport report(context.languages, HtmlReport::Runs::one);
  report.add(results, context, digest);
  return report.html();
}

}  // namespace plimsoll
