/// The scripts for sbatch, word for word. PLIMSOLL_UPDATE=1 writes the golden files anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "scenarios/input_error.hpp"
#include "sim/program/slurm_script.hpp"

namespace plimsoll {
namespace {

SlurmJob plain_job() {
  SlurmJob job;
  job.program = "/opt/plimsoll/bin/plimsoll";
  job.version = "0.1.0";
  job.folder = "/scratch/ana/capex";
  job.name = "plimsoll-capex-1a2b3c4d";
  job.shards = 40;
  for (int k = 1; k <= 40; ++k) job.submitted.push_back(k);
  return job;
}

/// Every option, and a folder that wants quoting.
SlurmJob full_job() {
  SlurmJob job = plain_job();
  job.folder = "/scratch/ana's data/100% capex";
  job.home = "/scratch/ana's data/home";
  job.submitted = {3, 17, 40};
  job.options.array_limit = 2;
  job.options.sbatch = {{"partition", "short"},  {"account", "p0123"},    {"qos", "low"},
                        {"time", "5"},           {"mem-per-cpu", "1G"},   {"cpus-per-task", "8"},
                        {"constraint", "a b&c"}, {"mail-user", "a@b.org"}};
  job.options.sbatch_args = {"--exclusive", "--comment=two words", "-p x"};
  job.options.task_arguments = {"--checkpoint", "30"};
  job.options.merge_arguments = {"--write", "csv,html"};
  job.options.prologue = "module load gcc/12";
  return job;
}

void expect_golden(const std::string& name, const std::string& text) {
  const std::string file = std::string(PLIMSOLL_GOLDEN) + "/" + name;
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(file, std::ios::binary) << text;
  std::ifstream in(file, std::ios::binary);
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(in), {})) << file;
}

TEST(SlurmScript, IsTheGoldenOne) {
  expect_golden("plain_array.txt", array_script(plain_job()));
  expect_golden("plain_merge.txt", merge_script(plain_job()));
}

TEST(SlurmScript, WithEveryOptionIsTheGoldenOne) {
  expect_golden("full_array.txt", array_script(full_job()));
  expect_golden("full_merge.txt", merge_script(full_job()));
}

TEST(SlurmScript, WarnsOfTheTimeLimitWithinTheTimeThereIs) {
  const auto warning = [](const std::string& time) {
    SlurmJob job = plain_job();
    job.options.sbatch = {{"time", time}};
    const std::string text = array_script(job), mark = "USR1@";
    return std::stoi(text.substr(text.find(mark) + mark.size()));
  };
  EXPECT_EQ(warning("60"), 120);
  EXPECT_EQ(warning("10"), 120);
  EXPECT_EQ(warning("5"), 60);
  EXPECT_EQ(warning("0:02"), 1);
  EXPECT_EQ(warning("UNLIMITED"), 120);
}

TEST(SlurmScript, NamesJobsInLettersThatListsOfNamesHold) {
  EXPECT_EQ(job_name("capex-grid", "1a2b3c4d5e6f"), "plimsoll-capex-grid-1a2b3c4d");
  EXPECT_EQ(job_name("a, b/c\n\xe4", "1a2b3c4d5e6f"), "plimsoll-a__b_c__-1a2b3c4d");
}

TEST(SlurmCommand, MergesAfterAllHaveEndedWellOrNot) {
  const SlurmJob job = plain_job();
  EXPECT_EQ(shell_line(array_command(job)), "sbatch --parsable /scratch/ana/capex/sbatch.sh");
  EXPECT_EQ(shell_line(merge_command(job, {"12", "9"}, "")),
            "sbatch --parsable --dependency=afterany:12:9 --kill-on-invalid-dep=yes /scratch/ana/capex/merge.sh");
  EXPECT_EQ(shell_line(merge_command(job, {"12"}, "east")),
            "sbatch --parsable --clusters=east --dependency=afterany:12 --kill-on-invalid-dep=yes "
            "/scratch/ana/capex/merge.sh");
  EXPECT_EQ(shell_line(array_command(full_job())), "sbatch --parsable '/scratch/ana'\\''s data/100% capex/sbatch.sh'");
}

TEST(SlurmCommand, RefusesFoldersThatAScriptCannotName) {
  EXPECT_NO_THROW(check_folder_name("/scratch/ana's data/100% capex"));
  for (const char* name : {"/a\nb", "/a\"b", "/a\\b"}) EXPECT_THROW(check_folder_name(name), InputError) << name;
}

}  // namespace
}  // namespace plimsoll
