package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.reconcile.DryRun;
import io.github.maintainkubeusers.report.Pace;
import io.github.maintainkubeusers.report.PlanReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a pass would do, because it is the same value. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisHeading = "%nUsage: ",
    header = "Prints what a pass would do now, and does nothing.",
    optionListHeading = "%nOptions:%n")
final class PlanCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or wide (the same here), json or yaml. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.load();
    try (Program program = Program.start(settings, options.local, false)) {
      DryRun run =
          Patience.during(
              spec.commandLine().getErr(), Patience.READING, program.controller()::dryRun);
      print(
          new PlanReport(
              Clock.systemUTC().instant(),
              run.plans(),
              run.unnamed(),
              run.refusal(),
              run.accessFault(),
              new Pace(
                  settings.calls().perSecond(),
                  settings.passes().routinePerMinute(),
                  settings.passes().urgentPerMinute())));
      return ExitStatus.OK;
    }
  }

  private void print(PlanReport report) {
    PrintWriter out = spec.commandLine().getOut();
    switch (output) {
      case TABLE, WIDE -> report.lines().forEach(out::println);
      case JSON -> out.println(report.document().json());
      case YAML -> out.print(report.document().yaml());
    }
    out.flush();
  }
}
