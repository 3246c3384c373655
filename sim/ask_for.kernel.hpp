/// \file
/// Lines of cache asked for before they are read. Statements of the machine, since g++ takes a function that has no
/// effect but a prefetch for one that has none, and drops its calls.
#pragma once

#include "models/lanes.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Into the nearest cache.
template <class T>
HWY_INLINE void ask_for(const T* at) {
  asm volatile("prefetcht0 %0" : : "m"(*at));
}
/// Into the next one.
template <class T>
HWY_INLINE void ask_for_later(const T* at) {
  asm volatile("prefetcht1 %0" : : "m"(*at));
}

}  // namespace plimsoll::PLIMSOLL_ISA
