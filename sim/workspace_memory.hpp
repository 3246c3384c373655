/// \file
/// Allocates a worker's rows and fills those that no path changes.
#pragma once

#include <memory>

#include "models/workspace.hpp"

namespace plimsoll {

class WorkspaceMemory {
 public:
  explicit WorkspaceMemory(const ModelPlan& plan);
  const Workspace& rows() const { return rows_; }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Free {
    void operator()(void* p) const;
  };
  std::unique_ptr<void, Free> memory_;
  std::size_t bytes_ = 0;
  Workspace rows_{};
};

}  // namespace plimsoll
