package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.plan.RemovalApproval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Allows one pass to remove more accounts than the budget. */
@Command(
    name = "allow-removals",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Allows one pass to remove the access of more accounts than usual.",
      "",
      "A pass removes the access of a few accounts at most, because a fault of the directory is",
      "more likely than more. When a larger removal is right, this allows it once, and records who",
      "said so and when."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  Thirty tools were removed from LDAP, and that is right:",
      "    maintain-kubeusers allow-removals --local --up-to 30 --for 1h"
    })
final class AllowRemovalsCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Option(
      names = "--up-to",
      paramLabel = "N",
      required = true,
      description = "At most so many accounts.")
  private int upTo;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "How long it is valid when it is not used, as 30m or 2h. Default: ${DEFAULT-VALUE}.")
  private Duration validity;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says so. Default: your user name.")
  private String by = System.getProperty("user.name");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (upTo < 1) {
      throw new ParameterException(spec.commandLine(), "--up-to must be at least 1");
    }
    Settings settings = options.load();
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
      cluster.approvals().give(new RemovalApproval(upTo, now.plus(validity), by, now));
    }
    spec.commandLine()
        .getOut()
        .println(
            "The next pass may remove the access of up to "
                + upTo
                + " accounts, until "
                + now.plus(validity));
    spec.commandLine().getOut().flush();
    return ExitStatus.OK;
  }
}
