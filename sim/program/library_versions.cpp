#include "sim/program/library_versions.hpp"

#include <gnu/libc-version.h>

namespace plimsoll {

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {{"Boost", BOOST_VERSION_TEXT},     {"Eigen", EIGEN_VERSION_TEXT},
          {"Highway", HIGHWAY_VERSION_TEXT}, {"OpenSSL", OPENSSL_VERSION_TEXT_BUILT},
          {"glibc", gnu_get_libc_version()}, {"nlohmann-json", JSON_VERSION_TEXT},
          {"oneTBB", TBB_VERSION_TEXT},      {"yaml-cpp", YAML_CPP_VERSION_TEXT}};
}

}  // namespace plimsoll
