package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.ExplainedText;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.config.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why an account does not work. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Says why a tool (or admin, or service) does not work, and what to do.",
    description = {
      "%nLooks at all that its access depends on, each after what it depends on itself: the"
          + " directory, hold,",
      "quarantine, record, binding, the files in the home, the pair, whom the API server takes it"
          + " for, what it",
      "may do, its quota, and whether a plain pod would be taken. The first cause is named with its"
          + " remedy.",
      "Read-only: the API server is asked with the account's own pair, and the pod is a dry run.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:it could not be looked at, or not at all of it",
      "2:wrong usage or configuration",
      "3:something is wrong"
    },
    footerHeading = "%nExample:%n",
    footer = "  maintain-kubeusers explain --local wikibot")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Option(names = "--admin", description = "The name is that of an admin, not a tool.")
  private boolean admin;

  @Option(names = "--service", description = "The name is that of a declared service.")
  private boolean service;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = ToolNames.class,
      description = "Name without a prefix.")
  private String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of table, json, yaml. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AccountId id = AccountArguments.id(name, admin, service, spec.commandLine());
    Settings settings = options.load();
    // The controller renews: an end that comes near is nobody's to do something about.
    var examiner = new Examiner(Clock.systemUTC().instant(), Duration.ZERO);
    ExplainedText text;
    try (Program program = Program.start(settings, options.local, false)) {
      var explanation = new AccountExplanation(program, settings, examiner);
      text =
          new ExplainedText(
              id,
              Patience.during(
                  spec.commandLine().getErr(), "Looking at " + id, () -> explanation.explain(id)));
    }
    format.print(spec.commandLine().getOut(), text::lines, text::tree);
    return text.cause()
        .map(Finding::state)
        .map(state -> state.isAlarm() ? ExitStatus.SOME_FAILED : ExitStatus.COULD_NOT_RUN)
        .orElse(ExitStatus.OK);
  }
}
