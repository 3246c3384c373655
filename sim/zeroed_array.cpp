#include "sim/zeroed_array.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace plimsoll {

std::shared_ptr<void> zeroed_pages(std::size_t bytes) {
  constexpr std::size_t kLargePage = std::size_t{1} << 21;
  // Large pages begin at their own multiples: room to move the beginning up.
  const std::size_t mapped = bytes + (bytes >= kLargePage ? kLargePage : 0);
  void* memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  auto* first = static_cast<std::byte*>(memory);
  if (mapped > bytes) {
    const auto at = reinterpret_cast<std::uintptr_t>(memory);
    first += (kLargePage - at % kLargePage) % kLargePage;
    madvise(first, bytes, MADV_HUGEPAGE);  // a wish: without large pages all works alike
  }
  return {first, [memory, mapped](void*) { munmap(memory, mapped); }};
}

}  // namespace plimsoll
