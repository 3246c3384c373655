/// \file
/// A file that appears whole or not at all: temporary name in the same folder, fsync, rename, fsync of the folder.
#pragma once

#include <filesystem>
#include <string_view>

namespace plimsoll {

/// A name for a file under way, hidden and in the same folder: no other process or host takes it.
std::filesystem::path temporary_beside(const std::filesystem::path& file);

/// Removes what processes of this host that are gone have left under such names.
void clear_temporaries(const std::filesystem::path& folder);

/// Writes `bytes` to `file`, replacing it in one step. On failure no temporary file stays behind and an older `file`
/// is untouched. \throws std::system_error with the file's name.
void write_file_atomically(const std::filesystem::path& file, std::string_view bytes);

/// Gives a finished `temporary` in the same folder its name: fsync, rename, fsync of the folder.
/// \throws std::system_error with the file's name; the temporary file then stays.
void rename_file_atomically(const std::filesystem::path& temporary, const std::filesystem::path& file);

}  // namespace plimsoll
