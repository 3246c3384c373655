/// \file
/// Large arrays that begin as zeros. A page is given by the system when it is first written, by the thread that writes
/// it: hundreds of megabytes of counters cost one thread no time at the start of a run.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace plimsoll {

/// Zeroed bytes, in large pages where the system has them. \throws std::bad_alloc
std::shared_ptr<void> zeroed_pages(std::size_t bytes);

/// A fixed number of integers.
template <class T>
class ZeroedArray {
  static_assert(std::is_integral_v<T>, "all bits 0 must be 0");

 public:
  ZeroedArray() = default;
  explicit ZeroedArray(std::size_t size) : size_(size), memory_(size > 0 ? zeroed_pages(size * sizeof(T)) : nullptr) {}
  ZeroedArray(const ZeroedArray&) = delete;
  ZeroedArray& operator=(const ZeroedArray&) = delete;
  ZeroedArray(ZeroedArray&&) noexcept = default;
  ZeroedArray& operator=(ZeroedArray&&) noexcept = default;
  ~ZeroedArray() = default;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return static_cast<T*>(memory_.get()); }
  const T* data() const { return static_cast<const T*>(memory_.get()); }
  T& operator[](std::size_t k) { return data()[k]; }
  const T& operator[](std::size_t k) const { return data()[k]; }

 private:
  std::size_t size_ = 0;
  std::shared_ptr<void> memory_;
};

}  // namespace plimsoll
