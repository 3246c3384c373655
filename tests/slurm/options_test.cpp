/// What users say about Slurm, and what Slurm says: read strictly.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "scenarios/input_error.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/slurm_array.hpp"
#include "sim/program/slurm_commands.hpp"
#include "sim/program/slurm_jobs.hpp"
#include "sim/program/slurm_options.hpp"

namespace plimsoll {
namespace {

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    parse_command_line("resume", arguments);
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::usage);
    return to_string(error);
  }
  return "";
}

TEST(SlurmTime, IsReadAsSbatchReadsIt) {
  EXPECT_EQ(slurm_seconds("90"), 90.0 * 60);
  EXPECT_EQ(slurm_seconds("2:30"), 150.0);
  EXPECT_EQ(slurm_seconds("1:02:03"), 3723.0);
  EXPECT_EQ(slurm_seconds("2-3"), 51.0 * 3600);
  EXPECT_EQ(slurm_seconds("1-02:30"), 26.5 * 3600);
  EXPECT_EQ(slurm_seconds("1-0:0:9"), 86409.0);
  EXPECT_TRUE(std::isinf(*slurm_seconds("UNLIMITED")));
  for (const char* text : {"", "1h", "1:2:3:4", "-5", "1-", "1:", "x-1", "1.5"})
    EXPECT_FALSE(slurm_seconds(text)) << text;
}

TEST(SlurmArray, IsWrittenAsRanges) {
  EXPECT_EQ(array_text({3, 17, 40, 41, 42, 43, 44, 45}), "3,17,40-45");
  EXPECT_EQ(array_text({1, 2}), "1,2");
  EXPECT_EQ(array_text({1, 2, 3}, 2), "1-3%2");
  EXPECT_EQ(shards_text({3, 4, 9}), "3, 4, 9");
}

TEST(SlurmArray, ShardsTakeTwentyMinutesWhereTheArrayAllows) {
  EXPECT_EQ(fitting_shards(10000, 12, 1000), 100);
  EXPECT_EQ(fitting_shards(10000, 1200, 1000), 1000);  // twenty hours would want more
  EXPECT_EQ(fitting_shards(7, 86400, 1000), 7);        // never more than points
  EXPECT_EQ(fitting_shards(10, 1, 1000), 1);
  EXPECT_EQ(fitting_shards(10, 0, 1000), 1);
  EXPECT_EQ(fitting_shards(10, std::nan(""), 1000), 10);
}

TEST(SlurmArray, HighestIndexIsOneBelowMaxArraySize) {
  EXPECT_EQ(highest_index("MailProg = /bin/mail\nMaxArraySize            = 1001\nMaxDBDMsgs = 5\n"), 1000);
  EXPECT_FALSE(highest_index("MaxArraySize = (null)\nMaxDBDMsgs = 20\n"));
  EXPECT_FALSE(highest_index("MaxArraySize"));
  EXPECT_FALSE(highest_index(""));
}

TEST(SlurmAnswers, AreReadWithWhatSitesAdd) {
  EXPECT_EQ(parse_submitted("123\n"), (SubmittedJob{"123", ""}));
  EXPECT_EQ(parse_submitted("Welcome to X\n123;east\n"), (SubmittedJob{"123", "east"}));
  EXPECT_FALSE(parse_submitted(""));
  EXPECT_FALSE(parse_submitted("sbatch: queued"));
  const auto tasks = parse_queue("CLUSTER: east\n12|3|PENDING|Priority|/a b|c\n13|N/A|RUNNING|None|/d\n");
  ASSERT_EQ(tasks.size(), 2u);
  EXPECT_EQ(tasks[0].task, 3);
  EXPECT_EQ(tasks[0].folder, "/a b|c");
  EXPECT_EQ(tasks[1].task, 0);
  EXPECT_EQ(tasks[1].state, "RUNNING");
}

TEST(SlurmOptionsOnTheCommandLine, AreReadAndRefusedWithTheirNames) {
  const CommandLine line =
      parse_command_line("resume", {"x", "--slurm", "--partition", "short", "--time=90", "--sbatch-arg=--exclusive",
                                    "--sbatch-arg=--nice=5", "--cpus-per-task", "4", "--array-limit", "7"});
  EXPECT_TRUE(line.slurm.asked);
  EXPECT_EQ(line.slurm.value("partition"), "short");
  EXPECT_EQ(line.slurm.cpus_per_task(), 4);
  EXPECT_EQ(line.slurm.array_limit, 7);
  EXPECT_EQ(line.slurm.sbatch_args, (std::vector<std::string>{"--exclusive", "--nice=5"}));

  EXPECT_NE(refusal({"x", "--time=1h"}).find("--time 1h"), std::string::npos);
  EXPECT_NE(refusal({"x", "--shards=0"}).find("number of shards"), std::string::npos);
  EXPECT_NE(refusal({"x", "--cpus-per-task=many"}).find("1 to 1024"), std::string::npos);
  EXPECT_NE(refusal({"x", "--mem=1G", "--mem-per-cpu=1G"}).find("exclude each other"), std::string::npos);
  EXPECT_NE(refusal({"x", "--partition=a\nb"}).find("line"), std::string::npos);
  EXPECT_NE(refusal({"x", "--sbatch-arg=exclusive"}).find("begins with '-'"), std::string::npos);
  for (const char* ours : {"--array=1-5", "--output=x", "-a 1-5", "--job-name=y", "-Jy", "--dependency=afterok:1"})
    EXPECT_NE(refusal({"x", std::string("--sbatch-arg=") + ours}).find("sets --"), std::string::npos) << ours;
  EXPECT_NE(refusal({"x", "--prologue", "/nowhere/there"}).find("cannot be read"), std::string::npos);
}

TEST(SlurmOptionsJoined, NowGoesBeforeThen) {
  SlurmOptions before, now;
  before.sbatch = {{"partition", "long"}, {"time", "60"}, {"mem", "2G"}};
  before.array_limit = 5;
  before.sbatch_args = {"--exclusive"};
  now.sbatch = {{"time", "120"}, {"mem-per-cpu", "1G"}};
  const SlurmOptions all = joined(now, before);
  EXPECT_EQ(all.sbatch, (std::vector<std::pair<std::string, std::string>>{
                            {"partition", "long"}, {"time", "120"}, {"mem-per-cpu", "1G"}}));
  EXPECT_EQ(all.array_limit, 5);
  EXPECT_EQ(all.sbatch_args, before.sbatch_args);
}

TEST(SlurmJobsFile, ComesBackAsItWasWrittenAndIsRefusedWhenDamaged) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "plimsoll-jobs-file";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder / "jobs.json");
  EXPECT_FALSE(read_slurm_jobs(folder));
  SlurmJobs jobs{"plimsoll-x-1a2b3c4d", 40, {}, {{"2026-06-10T08:00:00Z", {"12", "east"}, "1-40%5", {}}}};
  jobs.options.sbatch = {{"partition", "short"}};
  jobs.options.sbatch_args = {"--nice=5"};
  jobs.options.merge_arguments = {"--write", "html"};
  jobs.options.prologue = "module load x\n";
  write_slurm_jobs(folder, jobs);
  jobs.submissions.push_back({"2026-06-10T09:00:00Z", {"14", ""}, "3", SubmittedJob{"15", ""}});
  write_slurm_jobs(folder, jobs);
  const auto read = read_slurm_jobs(folder);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, jobs.name);
  EXPECT_EQ(read->shards, 40);
  EXPECT_EQ(read->options.sbatch, jobs.options.sbatch);
  EXPECT_EQ(read->options.sbatch_args, jobs.options.sbatch_args);
  EXPECT_EQ(read->options.merge_arguments, jobs.options.merge_arguments);
  EXPECT_EQ(read->options.prologue, jobs.options.prologue);
  ASSERT_EQ(read->submissions.size(), 2u);
  EXPECT_EQ(read->submissions[0].array, (SubmittedJob{"12", "east"}));
  EXPECT_FALSE(read->submissions[0].merge);
  EXPECT_EQ(read->submissions[1].merge, (SubmittedJob{"15", ""}));
  std::ofstream(folder / "jobs.json") << "{\"shards\": ";
  EXPECT_THROW(read_slurm_jobs(folder), InputError);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace plimsoll
