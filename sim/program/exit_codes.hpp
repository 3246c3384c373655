/// \file
/// The program's exit codes, as the product documents them.
#pragma once

namespace plimsoll {

enum ExitCode : int {
  kSuccess = 0,
  kFailure = 1,
  kUsage = 2,
  kScenarioInvalid = 3,
  kDataInvalid = 4,
  kAccuracyNotReached = 5,  ///< results written, --target-se not reached
  kPartial = 6,             ///< results written, some paths or scenarios failed
  kGateHolds = 7,           ///< results written, a gate of a stress suite holds
  kIncompatible = 8,        ///< a state or shard of another run
  kDigestDiffers = 9,
  kStoppedByUser1 = 75,
  kStoppedByInterrupt = 130,
  kStoppedByTerminate = 143,
};

}  // namespace plimsoll
