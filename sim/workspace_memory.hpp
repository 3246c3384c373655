/// \file
/// Allocates a worker's rows and fills those that no path changes.
#pragma once

#include <memory>

#include "models/workspace.hpp"

namespace plimsoll {

class WorkspaceMemory {
 public:
  /// `shared`: a workspace of the same plan whose scratch rows this one uses too. What outputs read of a block stays
  /// apart, so that several blocks can be simulated one after the other while their scratch stays in cache.
  explicit WorkspaceMemory(const ModelPlan& plan, const WorkspaceMemory* shared = nullptr);
  const Workspace& rows() const { return rows_; }
  /// Allocated for this one alone.
  std::size_t bytes() const { return bytes_; }

 private:
  std::shared_ptr<void> scratch_, results_;
  std::size_t bytes_ = 0;
  Workspace rows_{};
};

/// The scratch rows of one workspace and the results of another, both of the same plan.
Workspace with_results(const Workspace& scratch, const Workspace& results);

}  // namespace plimsoll
