/// \file
/// Raised with every change that moves a digit ("Numbers changed" in the changelog); part of the run hash.
#pragma once

namespace plimsoll {
inline constexpr int kEngineNumber = 5;
}
