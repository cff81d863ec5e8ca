package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.reconcile.HomeFinding;
import io.github.maintainkubeusers.reconcile.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into homes now. */
@Command(
    name = "check-homes",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks into homes now, and says what is wrong in them.",
      "",
      "Whether key and certificate are there and are the recorded ones, and whether the kubeconfig"
          + " names them,",
      "the server and its CA. The controller does the same once a day for each home, and repairs"
          + " what it finds.",
      "This command changes nothing without --repair. It is for the day on which homes were"
          + " restored, say.",
      "",
      "Exit status 3: something is wrong in a home, or a name that was given has none."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  All homes:", "    maintain-kubeusers check-homes --local",
      "  One tool's, and repair it:", "    maintain-kubeusers check-homes --local --repair wikibot"
    })
final class CheckHomesCommand implements Callable<Integer> {
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  @Mixin private Options options;

  @Option(names = "--repair", description = "Repair what is found, as the controller would.")
  private boolean repair;

  @Option(names = "--admin", description = "The names are those of admins, not tools.")
  private boolean admin;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = ToolNames.class,
      description = "Names without a prefix; all accounts without any.")
  private List<String> names;

  @Spec private CommandSpec spec;

  private long looked;
  private long nextProgress = System.nanoTime() + PROGRESS.toNanos();

  @Override
  public Integer call() {
    List<AccountId> ids =
        AccountArguments.ids(names == null ? List.of() : names, admin, spec.commandLine());
    Settings settings = options.load();
    PrintWriter out = spec.commandLine().getOut();
    try (Program program = Program.start(settings, options.local, false)) {
      List<HomeFinding> findings = program.controller().checkHomes(Set.copyOf(ids), this::progress);
      boolean well = true;
      Set<AccountId> unwell = new TreeSet<>();
      for (HomeFinding finding : findings) {
        boolean named = !ids.isEmpty();
        if (finding.state() == HomeFinding.State.UNWELL) {
          unwell.add(finding.id());
        }
        if (named || finding.state() == HomeFinding.State.UNWELL) {
          out.println(finding.id() + ": " + finding.text());
        }
        well &=
            finding.state() == HomeFinding.State.WELL
                || (!named && finding.state() == HomeFinding.State.NOTHING);
      }
      out.println(findings.size() + " homes checked, " + unwell.size() + " with faults");
      boolean good = (repair && !unwell.isEmpty()) ? repair(program, unwell, out) : well;
      return good ? ExitStatus.OK : ExitStatus.SOME_FAILED;
    } finally {
      out.flush();
    }
  }

  private static boolean repair(Program program, Set<AccountId> ids, PrintWriter out) {
    boolean well = true;
    for (var entry : program.controller().repairHomes(ids).entrySet()) {
      out.println(
          entry.getKey()
              + ": "
              + switch (entry.getValue()) {
                case Outcome.Done(String why) -> "repaired (" + why + ")";
                case Outcome.Unchanged() -> "repaired meanwhile";
                case Outcome.Pending(String reason) -> "waits: " + reason;
                case Outcome.OnHold(var held) -> "held: " + held.explanation();
                case Outcome.Refused(String reason) -> "not repaired: " + reason;
                case Outcome.Failed(String message, _) -> "not repaired: " + message;
              });
      well &=
          entry.getValue() instanceof Outcome.Done || entry.getValue() instanceof Outcome.Unchanged;
    }
    return well;
  }

  /** On standard error, so that what was found can be piped. */
  private void progress(HomeFinding finding) {
    looked++;
    if (System.nanoTime() - nextProgress >= 0) {
      nextProgress = System.nanoTime() + PROGRESS.toNanos();
      spec.commandLine()
          .getErr()
          .println(looked + " homes checked, the last " + finding.id() + "'s");
      spec.commandLine().getErr().flush();
    }
  }
}
