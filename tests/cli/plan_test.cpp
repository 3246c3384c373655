#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "sim/program/memory_limit.hpp"

namespace plimsoll {
namespace {

nlohmann::json plan(const ProgramFolder& folder, const std::string& arguments) {
  const Outcome o = folder.run("plan " + arguments + " --format json");
  EXPECT_EQ(o.code, 0) << o.err;
  return nlohmann::json::parse(o.out);
}

/// Peak of resident memory that the run itself measured.
double peak(const ProgramFolder& folder, const std::string& arguments) {
  const Outcome o = folder.run("run " + arguments + " --out run --force --quiet");
  EXPECT_EQ(o.code, 0) << o.err;
  const auto manifest = nlohmann::json::parse(folder.read("run/manifest.json"));
  return manifest.at("peak_memory_bytes").get<double>();
}

TEST(Plan, PredictsThePeakOfMemory) {
  const ProgramFolder folder;
  for (const char* run : {"base --paths 2048 --threads 1", "base --paths 5008 --threads 3",
                          "base --paths 2048 --threads 2 --set report.series=[exports.product.*.yoy]",
                          "base --paths 2048 --threads 2 --set report.frequencies=[A]"}) {
    const double expected = plan(folder, run).at("memory_bytes").get<double>();
    EXPECT_NEAR(expected / peak(folder, run), 1, 0.25) << run;
  }
}

TEST(Plan, TellsOutputsDrawsAndTime) {
  const ProgramFolder folder;
  const auto p = plan(folder, "base --paths 4096 --set report.series=[exports.total.value] --keep-samples");
  EXPECT_EQ(p.at("paths"), 4096);
  EXPECT_EQ(p.at("months"), 19);
  EXPECT_EQ(p.at("outputs"), p.at("summary_rows"));
  EXPECT_EQ(p.at("samples_bytes"), 4096 * 4 * p.at("outputs").get<int>());
  EXPECT_EQ(p.at("random_numbers").get<long long>(), 4096 * p.at("random_numbers_per_path").get<long long>());
  EXPECT_GT(p.at("seconds").get<double>(), 0);
  EXPECT_TRUE(folder.empty());
  const Outcome table = folder.run("plan base --set report.series=[exports.total.value]");
  EXPECT_NE(table.out.find("random numbers"), std::string::npos) << table.out;
  EXPECT_EQ(folder.run("plan base --format csv").code, 2);
  EXPECT_EQ(folder.run("plan").code, 2);
  // Outputs of single months share no sums.
  EXPECT_EQ(
      plan(folder, "base --set 'report={series: [exports.total.yoy@2026-07], contributions: [none]}'").at("outputs"),
      1);
}

TEST(Plan, AndRunWarnWhenASlurmJobHasTooLittleMemory) {
  const ProgramFolder folder;
  for (const char* verb : {"plan", "run"}) {
    const std::string arguments = " base --paths 256 --set report.series=[exports.total.value]";
    const std::string command = verb + arguments + (verb == std::string("run") ? " --out run" : "");
    const Outcome small = folder.run(command, "SLURM_MEM_PER_NODE=16");
    EXPECT_EQ(small.code, 0);
    EXPECT_NE(small.err.find("only 16 MiB are given to the Slurm job"), std::string::npos) << small.err;
    const Outcome large =
        folder.run(command + (verb == std::string("run") ? " --force" : ""), "SLURM_MEM_PER_NODE=4000");
    EXPECT_EQ(large.err.find("warning"), std::string::npos) << large.err;
  }
}

/// A host of its own under a temporary folder.
class Host : public ::testing::Test {
 protected:
  void write(const std::string& file, const std::string& text) {
    std::filesystem::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file) << text;
  }
  std::optional<MemoryLimit> limit(const std::map<std::string, std::string>& environment = {}) {
    return memory_limit(folder_.path(), [&](const char* name) {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second.c_str();
    });
  }
  ProgramFolder folder_;
};

TEST_F(Host, GivesTheTightestOfWhatItHasItsGroupsAllowAndSlurmGave) {
  constexpr std::int64_t kMiB = 1024 * 1024;
  EXPECT_FALSE(limit());
  write("proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable: 8388608 kB\n");
  EXPECT_EQ(limit()->bytes, 8192 * kMiB);
  write("proc/self/cgroup", "0::/a/b\n");
  write("sys/fs/cgroup/a/b/memory.max", "max\n");
  EXPECT_EQ(limit()->bytes, 8192 * kMiB);
  write("sys/fs/cgroup/a/memory.max", std::to_string(1024 * kMiB) + "\n");
  write("sys/fs/cgroup/a/memory.current", std::to_string(24 * kMiB) + "\n");
  EXPECT_EQ(limit()->bytes, 1000 * kMiB);
  EXPECT_EQ(limit({{"SLURM_MEM_PER_CPU", "100"}, {"SLURM_CPUS_ON_NODE", "4"}})->bytes, 400 * kMiB);
  EXPECT_EQ(limit({{"SLURM_MEM_PER_NODE", "304"}})->bytes, 304 * kMiB);
  EXPECT_EQ(limit({{"SLURM_MEM_PER_NODE", "nonsense"}})->bytes, 1000 * kMiB);
}

TEST_F(Host, OfCgroupsOfVersionOneIsReadToo) {
  constexpr std::int64_t kMiB = 1024 * 1024;
  write("proc/self/cgroup", "5:memory:/job\n3:cpu:/\n");
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");  // no limit
  EXPECT_FALSE(limit());
  write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", std::to_string(512 * kMiB) + "\n");
  EXPECT_EQ(limit()->bytes, 512 * kMiB);
  EXPECT_EQ(memory_warning(512 * kMiB, limit()), "");
  EXPECT_NE(memory_warning(513 * kMiB, limit()).find("needs about 513 MiB"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
