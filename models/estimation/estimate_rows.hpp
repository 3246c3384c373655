/// \file
/// What an estimate was before the data and after them, as a table tells it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/estimation/bayesian_regression.hpp"
#include "models/estimation/table_text.hpp"

namespace plimsoll {

struct EstimateRow {
  std::string parameter;              ///< of parameters.csv; or `loading.volume.DRIVER`, `loading.price.DRIVER`
  std::string product, market;        ///< empty: for all
  std::optional<NormalBelief> prior;  ///< none: the data alone
  NormalBelief after;                 ///< sd 0: a plain number, e.g. an sd at its maximum of likelihood
  int observations = 0;               ///< periods behind it
  std::string status;                 ///< moved, prior, estimated
  std::string how;

  /// (after - prior) in prior sds; nullopt without a prior.
  std::optional<double> shift_sd() const;
};

/// estimates.csv: every estimate with its prior, its posterior and the shift between them.
std::string estimates_csv(const std::vector<EstimateRow>& rows);

/// Writes estimates into parameters.csv as it stands: value and note of rows that are there.
class ParameterWriter {
 public:
  ParameterWriter(TableText& table, std::vector<EstimateRow>& rows) : table_(table), rows_(rows) {}
  /// \throws std::logic_error when there is no such row: tables are complete before estimates go into them.
  void put(const std::string& parameter, const std::string& product, const std::string& market,
           const std::string& value, const std::string& note, NormalBelief after, int observations,
           const std::string& how, std::optional<NormalBelief> prior = std::nullopt);
  /// A plain number with four digits; 0 below `least`.
  void put_number(const std::string& parameter, const std::string& product, const std::string& market, double value,
                  const std::string& note, int observations, const std::string& how);
  /// What stays a prior, with a note of what the data say.
  void note_only(const std::string& parameter, const std::string& note);
  std::string note(const std::string& parameter, const std::string& product = "", const std::string& market = "") const;

 private:
  TableText& table_;
  std::vector<EstimateRow>& rows_;
  std::size_t row(const std::string& parameter, const std::string& product, const std::string& market) const;
};

/// `head`, then what people wrote after the first `separator` of the old note.
std::string new_head(const std::string& old_note, const std::string& head, char separator);

}  // namespace plimsoll
