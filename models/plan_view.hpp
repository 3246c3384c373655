/// \file
/// What plans are made of: views of arrays, and rows of the parameter table.
#pragma once

namespace plimsoll {

/// A read-only array that someone else owns. Always inlined: kernels of several instruction sets share it.
template <class T>
struct View {
  const T* data = nullptr;
  int size = 0;
  [[gnu::always_inline]] inline const T& operator[](int i) const { return data[i]; }
  [[gnu::always_inline]] inline const T* begin() const { return data; }
  [[gnu::always_inline]] inline const T* end() const { return data + size; }
};

using ParameterId = int;                  ///< row of the parameter table
inline constexpr ParameterId kNone = -1;  ///< no such parameter

}  // namespace plimsoll
