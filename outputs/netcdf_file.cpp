#include "outputs/netcdf_file.hpp"

#include <unistd.h>

#include <stdexcept>

#include "outputs/atomic_file.hpp"

namespace plimsoll {

NetcdfFile::NetcdfFile(std::filesystem::path file) : file_(std::move(file)), temporary_(temporary_beside(file_)) {
  check(nc_create(temporary_.c_str(), NC_NETCDF4 | NC_NOCLOBBER, &id_));
  open_ = true;
}
NetcdfFile::~NetcdfFile() {
  if (open_) nc_close(id_);
  if (!finished_) ::unlink(temporary_.c_str());
}

void NetcdfFile::check(int status) const {
  if (status != NC_NOERR) throw std::runtime_error("cannot write '" + file_.string() + "': " + nc_strerror(status));
}

int NetcdfFile::dimension(const std::string& name, std::size_t size) {
  int dimension = 0;
  check(nc_def_dim(id_, name.c_str(), size, &dimension));
  return dimension;
}

int NetcdfFile::variable(const std::string& name, nc_type type, const std::vector<int>& dimensions,
                         const std::string& long_name) {
  int variable = 0;
  check(nc_def_var(id_, name.c_str(), type, static_cast<int>(dimensions.size()), dimensions.data(), &variable));
  attribute(variable, "long_name", long_name);
  return variable;
}

void NetcdfFile::attribute(int variable, const char* name, const std::string& text) {
  check(nc_put_att_text(id_, variable, name, text.size(), text.data()));
}

void NetcdfFile::put_texts(int variable, const std::vector<std::string>& texts) {
  std::vector<const char*> at;
  for (const std::string& text : texts) at.push_back(text.c_str());
  if (!at.empty()) check(nc_put_var_string(id_, variable, at.data()));
}

void NetcdfFile::finish() {
  open_ = false;
  check(nc_close(id_));
  rename_file_atomically(temporary_, file_);
  finished_ = true;
}

}  // namespace plimsoll
