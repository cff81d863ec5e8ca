package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.gateway.GatewayEndpoint;
import io.github.maintainkubeusers.reconcile.PassReport;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Without a subcommand: the controller. */
@Command(
    name = "maintain-kubeusers",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%nUsage: ",
    header = "Gives every tool and admin in LDAP a place in a Kubernetes cluster.",
    description = {
      "%nNamespace, quota, rights, home, private key, client certificate and kubeconfig: makes"
          + " them, keeps them right and renews them. Runs until it is told to end (SIGTERM), or"
          + " once with --once.%n"
    },
    optionListHeading = "Options:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well",
      "1:the pass could not run (LDAP, API server, homes)",
      "2:wrong usage or configuration",
      "3:the pass ran, but some account failed, or removals were refused"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  In a cluster, as the Deployment does:",
      "    maintain-kubeusers",
      "  One pass, from outside, with the rights of your own kubeconfig:",
      "    KUBECONFIG=~/.kube/config maintain-kubeusers --local --once",
      "  What would a pass do?",
      "    maintain-kubeusers plan --local",
      "  Another project, another LDAP:",
      "    maintain-kubeusers --project toolsbeta --ldapconfig ./ldap.yaml"
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private Options options;

  @Option(
      names = "--once",
      description = "One pass, then end with an exit status that tells how it went.")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load();
    boolean elected = settings.election().orElse(!options.local && !once);
    if (once) {
      try (Program program = Program.start(settings, options.local, elected)) {
        return once(program);
      }
    }
    try (var termination = Termination.onSignal();
        Program program = Program.start(settings, options.local, elected)) {
      return forever(program, settings, termination);
    }
  }

  private static int once(Program program) throws InterruptedException {
    var elected = new CountDownLatch(program.leadership().isLeader() ? 0 : 1);
    program.leadership().campaign(elected::countDown, RunCommand::endAtOnce);
    elected.await();
    PassReport report = program.controller().pass();
    return ExitStatus.of(report);
  }

  private static int forever(Program program, Settings settings, Termination termination)
      throws InterruptedException {
    var passes = new PassJob(program.controller(), program.leadership(), Clock.systemUTC());
    program.telemetry().serve();
    program.telemetry().expectPasses();
    Optional<GatewayEndpoint> gateway = settings.gateway().map(program::serveGateways);
    Optional<Schedule> certificates =
        settings
            .certificateInterval()
            .map(interval -> program.certificateWatch(settings, interval))
            .map(watch -> Schedule.start("look at certificates", watch.tick(), watch));
    try (Schedule schedule = Schedule.start("pass", settings.interval(), passes)) {
      LOG.info("Running; a pass every {} s", settings.interval().toSeconds());
      program.leadership().campaign(schedule::now, RunCommand::endAtOnce);
      termination.await();
      LOG.info("Ending");
    } finally {
      certificates.ifPresent(Schedule::close);
      gateway.ifPresent(GatewayEndpoint::close);
    }
    return ExitStatus.OK;
  }

  /** Without an orderly end, which takes time: somebody else may lead now. */
  private static void endAtOnce() {
    LOG.error("The lease is lost: ending at once");
    Runtime.getRuntime().halt(ExitStatus.COULD_NOT_RUN);
  }
}
