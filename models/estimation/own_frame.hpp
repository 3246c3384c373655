/// \file
/// The tables of a calibration from a user's own data, before anything is estimated: history and groups of the data,
/// the rest from a base calibration as far as it fits.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/export_estimates.hpp"
#include "models/estimation/own_history.hpp"

namespace plimsoll {

struct OwnSource {
  std::string id, title, vintage, note;
};

struct OwnFrameInputs {
  std::string name;  ///< of the new calibration
  std::string base_name;
  TableFiles base;  ///< with estimation/
  CalibrationDays base_days, days;
  std::vector<OwnSource> sources;  ///< the first is that of the trade data
  bool own_imports = false;        ///< import tables come from the data too
};

struct OwnFrame {
  TableFiles files;
  std::vector<std::string> notes;  ///< what of the base was left out, and why
};

/// \throws InputError (data) when the base lacks what every calibration has.
OwnFrame make_own_frame(const OwnFrameInputs& inputs, const OwnHistory& history);

}  // namespace plimsoll
