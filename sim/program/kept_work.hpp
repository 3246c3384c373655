/// \file
/// Failures to write, a full disk above all, told with what is kept and how to go on.
#pragma once

#include <stdexcept>
#include <string>

#include "scenarios/input_error.hpp"

namespace plimsoll {

/// A failure that says what is kept and what to do.
class AdvisedFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Does the work; a failure of it says too what is kept and what to do.
/// \throws AdvisedFailure where the work does; what the user can mend, and what has its advice, passes unchanged.
template <class Work>
auto with_advice(const std::string& kept, const std::string& hint, const Work& work) {
  try {
    return work();
  } catch (const InputError&) {
    throw;
  } catch (const AdvisedFailure&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw AdvisedFailure(std::string(error.what()) + "\n  kept: " + kept + "\n  hint: " + hint);
  }
}

}  // namespace plimsoll
