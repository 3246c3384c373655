/// \file
/// Large arrays that begin as zeros. The system gives a page of them when it is first written, to the thread that
/// writes it: hundreds of megabytes of counters take no time of one thread at the start of a run.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace plimsoll {

/// A fixed number of integers.
template <class T>
class ZeroedArray {
  static_assert(std::is_integral_v<T>, "all bits 0 must be 0");

 public:
  ZeroedArray() = default;
  explicit ZeroedArray(std::size_t size)
      : size_(size), values_(size > 0 ? static_cast<T*>(std::calloc(size, sizeof(T))) : nullptr) {
    if (size > 0 && !values_) throw std::bad_alloc();
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }
  T& operator[](std::size_t k) { return values_.get()[k]; }
  const T& operator[](std::size_t k) const { return values_.get()[k]; }

 private:
  struct Free {
    void operator()(T* values) const { std::free(values); }
  };
  std::size_t size_ = 0;
  std::unique_ptr<T, Free> values_;
};

}  // namespace plimsoll
