#include "sim/program/group_conditional_verb.hpp"

#include "outputs/group_conditional_report.hpp"
#include "outputs/group_conditional_tables.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {

void tell_group_conditional(const AsOfInputs& inputs, const BacktestOptions& options, Language language,
                            const BacktestFolder& folder) {
  const GroupConditionalResults results = score_group_conditional(group_conditional(inputs, options));
  folder.tell({.scores_csv = group_conditional_scores_csv(results),
               .json = group_conditional_json(results),
               .table = group_conditional_table(results, language, terminal_style()),
               .document = group_conditional_document(results, language),
               .more_files = {{"forecasts.csv", group_conditional_forecasts_csv(results)},
                              {"misses.csv", group_conditional_misses_csv(results)},
                              {"mean_misses.csv", group_conditional_means_csv(results)},
                              {"drivers.csv", group_conditional_drivers_csv(results)}}});
}

}  // namespace plimsoll
