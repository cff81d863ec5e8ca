package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.reconcile.WrongClockException;
import io.github.maintainkubeusers.telemetry.TelemetryException;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** The entry. */
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    CommandLine program = commandLine(arguments);
    if (Arrays.stream(arguments).limit(1).anyMatch(RehearseCommand.NAME::equals)) {
      program.addSubcommand(new RehearseCommand(Main::commandLine));
    }
    System.exit(program.execute(arguments));
  }

  /** As {@link CommandTree#of}. */
  static CommandLine commandLine(String... arguments) {
    return CommandTree.of(arguments)
        .setExecutionExceptionHandler((e, line, _) -> explain(e, line.getErr()))
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** What a person can act on is told without a stack trace. */
  private static int explain(Exception e, PrintWriter errors) {
    return switch (e) {
      case ConfigurationException faults -> {
        faults.errors().forEach(errors::println);
        yield ExitStatus.USAGE;
      }
      case DirectoryException _,
          ClusterException _,
          HomeException _,
          WrongClockException _,
          TelemetryException _,
          InputException _ -> {
        errors.println("maintain-kubeusers: " + e.getMessage());
        yield ExitStatus.COULD_NOT_RUN;
      }
      default -> {
        errors.println("maintain-kubeusers: an error of this program: " + e);
        Arrays.stream(e.getStackTrace()).forEach(frame -> errors.println("    at " + frame));
        yield ExitStatus.COULD_NOT_RUN;
      }
    };
  }
}
