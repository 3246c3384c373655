#include "sim/program/verbs.hpp"

namespace plimsoll {
int replay_verb(const CommandLine&) { refuse_usage("'replay' is not supported yet"); }
}  // namespace plimsoll
