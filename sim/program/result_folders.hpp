/// \file
/// Folders of results by what they hold: a run, a sweep, or the answer to a question (stress, reverse, sensitivity,
/// compare).
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace plimsoll {

enum class ResultKind { none, run, sweep, answer };

ResultKind result_kind(const std::filesystem::path& folder);

/// The folder itself, or those in it that are wanted, down to three levels and not inside one another; by name, with
/// shards in their order.
std::vector<std::string> folders_in(const std::string& folder,
                                    const std::function<bool(const std::filesystem::path&)>& wanted);

/// "a stress suite": what the folder's manifest says it is when it is no run; empty when it says nothing.
std::string other_than_run(const nlohmann::json& manifest);

/// Status of an answer, which is whole or was stopped on its way: a line, and the same as data.
struct AnswerStatus {
  std::string text;
  nlohmann::ordered_json json;
};
/// \throws InputError (data) when the manifest lacks what such a folder has
AnswerStatus answer_status(const std::string& folder);

}  // namespace plimsoll
