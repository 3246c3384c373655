/// \file
/// One variable of a block of paths: the unit in which kernels read and write.
#pragma once

#include <cstddef>

namespace plimsoll {

/// Paths of a PathBlock.
inline constexpr std::size_t kBlockPaths = 64;

/// One variable of all paths of a block.
struct alignas(64) Row {
  float at[kBlockPaths];
};
/// The same in double, for sums over cells and everything after them.
struct alignas(64) WideRow {
  double at[kBlockPaths];
};

}  // namespace plimsoll
