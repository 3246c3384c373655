#include "sim/state_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace plimsoll {
namespace {

class StateFile : public ::testing::Test {
 protected:
  StateFile() : folder_(std::filesystem::temp_directory_path() / ("plimsoll-state-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~StateFile() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(StateFile, ComesBackAsItWas) {
  Accumulator all(2);
  all.add_block({1.25, -3e7}, {9.5, 1e-3}, 256);
  all.counts()[0] = 3;
  all.counts()[kBins - 1] = 4'000'000'000U;
  all.counts()[kBins + 77] = 1;
  const std::string file = folder_ / "state.bin";
  write_state(file, "abc", 256, {{1, 2}, {-3, 0.5}}, all);
  const State state = read_state(file);
  EXPECT_EQ(state.run_hash, "abc");
  EXPECT_EQ(state.paths, 256);
  EXPECT_EQ(state.bins[1].centre, -3);
  for (int o = 0; o < 2; ++o) {
    EXPECT_EQ(state.accumulator.sum(o), all.sum(o));
    EXPECT_EQ(state.accumulator.square(o), all.square(o));
    for (int b = 0; b < kBins; ++b) ASSERT_EQ(state.accumulator.counts(o)[b], all.counts(o)[b]);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);  // no temporary file is left
}

TEST_F(StateFile, IsRefusedWhenItIsNotWhole) {
  Accumulator all(1);
  const std::string file = folder_ / "state.bin";
  write_state(file, "abc", 0, {{0, 1}}, all);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  EXPECT_THROW(read_state(file), std::runtime_error);
  std::ofstream(file) << "something else entirely";
  EXPECT_THROW(read_state(file), std::runtime_error);
}

}  // namespace
}  // namespace plimsoll
