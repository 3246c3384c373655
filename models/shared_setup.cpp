#include "models/shared_setup.hpp"

namespace plimsoll {

namespace {

/// How many live, and which time it is that some do.
struct Holders {
  std::mutex guard;
  int living = 0;
  std::uint64_t generation = 0;
};
Holders& holders() {
  static Holders all;
  return all;
}

}  // namespace

SharedSetup::SharedSetup() {
  const std::lock_guard lock(holders().guard);
  if (holders().living++ == 0) ++holders().generation;
}
SharedSetup::~SharedSetup() {
  const std::lock_guard lock(holders().guard);
  --holders().living;
}
std::uint64_t SharedSetup::generation() {
  const std::lock_guard lock(holders().guard);
  return holders().living > 0 ? holders().generation : 0;
}

}  // namespace plimsoll
