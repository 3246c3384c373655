/// \file
/// explain: why a stored run's growth is what it is.
#include <iostream>

#include "outputs/explanation.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stored_answers.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {

int explain_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'explain' takes one run's folder", "",
                 "for example: plimsoll explain runs/base/20260610T080000Z-1a2b3c4d --period 2027");
  const std::vector<std::string> languages = chosen_languages(line, {"en"});
  if (languages.size() > 1) refuse_usage("'explain' speaks one language at a time", "", "give --language en or zh");
  const Language language = languages.front() == "zh" ? Language::zh : Language::en;
  const StoredAnswers answers =
      stored_answers(line.names.front(), choose_threads(line.threads, read_environment()).threads);
  const RunContext& context = answers.stored.context;
  const ExplainedFigure figure = find_figure(answers.results, line.of.value_or(kHeadlineSeries), line.period);
  print(line.format == "csv"    ? explanation_csv(answers.results, figure, language)
        : line.format == "json" ? explanation_json(answers.results, context, figure, language)
                                : explanation_table(answers.results, context, figure, language, terminal_style()));
  if (answers.results.statistics.paths_done < context.plan_paths)
    std::cerr << "not the whole run: " << grouped(answers.results.statistics.paths_done) << " of "
              << grouped(context.plan_paths) << " paths" << std::endl;
  return kSuccess;
}

}  // namespace plimsoll
