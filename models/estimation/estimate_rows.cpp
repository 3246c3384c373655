#include "models/estimation/estimate_rows.hpp"

#include <stdexcept>

#include "scenarios/number_text.hpp"

namespace plimsoll {

std::optional<double> EstimateRow::shift_sd() const {
  if (!prior || !(prior->sd > 0)) return std::nullopt;
  return (after.mean - prior->mean) / prior->sd;
}

std::string estimates_csv(const std::vector<EstimateRow>& rows) {
  TableText t({"parameter", "product", "market", "status", "prior_mean", "prior_sd", "mean", "sd", "shift_prior_sd",
               "observations", "how"});
  const auto number = [](double x) { return shortest(rounded(x, 9)); };
  for (const EstimateRow& row : rows) {
    const std::optional<double> shift = row.shift_sd();
    t.add({row.parameter, row.product, row.market, row.status, row.prior ? number(row.prior->mean) : "",
           row.prior ? number(row.prior->sd) : "", number(row.after.mean), row.after.sd > 0 ? number(row.after.sd) : "",
           shift ? number(*shift) : "", row.observations > 0 ? std::to_string(row.observations) : "", row.how});
  }
  return t.text();
}

std::size_t ParameterWriter::row(const std::string& parameter, const std::string& product,
                                 const std::string& market) const {
  for (std::size_t r = 0; r < table_.rows(); ++r) {
    if (table_.at(r, "parameter") == parameter && table_.at(r, "product") == product &&
        table_.at(r, "market") == market)
      return r;
  }
  throw std::logic_error("parameters.csv has no row " + parameter + "," + product + "," + market);
}

void ParameterWriter::put(const std::string& parameter, const std::string& product, const std::string& market,
                          const std::string& value, const std::string& note, NormalBelief after, int observations,
                          const std::string& how, std::optional<NormalBelief> prior) {
  const std::size_t r = row(parameter, product, market);
  table_.set(r, "value", value);
  table_.set(r, "note", note);
  rows_.push_back({parameter, product, market, prior, after, observations, prior ? "moved" : "estimated", how});
}

void ParameterWriter::put_number(const std::string& parameter, const std::string& product, const std::string& market,
                                 double value, const std::string& note, int observations, const std::string& how) {
  put(parameter, product, market, four_digits(value), note, {value, 0}, observations, how);
}

void ParameterWriter::note_only(const std::string& parameter, const std::string& note) {
  table_.set(row(parameter, "", ""), "note", note);
}

std::string ParameterWriter::note(const std::string& parameter, const std::string& product,
                                  const std::string& market) const {
  return table_.at(row(parameter, product, market), "note");
}

std::string new_head(const std::string& old_note, const std::string& head, char separator) {
  const std::size_t at = old_note.find(separator);
  return at == std::string::npos ? head : head + old_note.substr(at);
}

}  // namespace plimsoll
