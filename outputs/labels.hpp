/// \file
/// What series, keys, units, periods, events and statistics are called, in English or Chinese.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// Names for people. An id that nobody named is written with blanks for underscores. Refers to the titles.
class Labels {
 public:
  Labels(const Titles& titles, Language language) : titles_(titles), language_(language) {}
  Language language() const { return language_; }
  /// The text of this language.
  std::string operator()(const char* en, const char* zh) const { return language_ == Language::en ? en : zh; }

  /// `exports.product.memory.yoy`: "Exports of memory chips, growth on a year earlier", "存储芯片出口同比"; and rows of
  /// the tail, `exports.total.yoy/driver/capex`.
  std::string series(const std::string& id) const;
  /// The same without its measure: "Exports of memory chips".
  std::string subject(const std::string& id) const;
  /// The measure alone: "growth on a year earlier".
  std::string measure(const std::string& id) const;
  /// One part of a split: key("market", "us") is "United States".
  std::string key(const std::string& by, const std::string& key) const;
  std::string split(const std::string& by) const;  ///< "driver"
  std::string unit(const std::string& id) const;   ///< "USD bn"
  std::string frequency(Frequency frequency) const;
  /// "July 2026", "January-February 2027", "third quarter of 2026", "2026", "January-July 2026";
  /// "2026年7月", "2027年1—2月", "2026年三季度", "2026年", "2026年1—7月累计".
  std::string period(const Period& period) const;
  /// An event of probabilities.csv: "below 5%", "mean of the worst 5%".
  std::string event(const std::string& event, double threshold, const std::string& unit) const;
  /// A column of summary.csv: "5% quantile", "standard error of the 5% quantile".
  std::string statistic(const std::string& id) const;

 private:
  std::string named(const std::map<std::string, Text>& titles, const std::string& id) const;
  std::string set(const std::string& id) const;
  std::string goods(const std::string& flow, const std::string& dimension, const std::string& id) const;

  const Titles& titles_;
  Language language_;
};

/// In the middle of an English sentence: "Memory chips" is "memory chips", "ASEAN" stays.
std::string in_a_sentence(std::string words);

/// True where words of the language run together without blanks (Chinese).
inline bool is_zh(const Labels& labels) { return labels.language() == Language::zh; }

}  // namespace plimsoll
