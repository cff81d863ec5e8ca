package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.reconcile.AdminCommands;
import io.github.maintainkubeusers.reconcile.Outcome;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the rights of credentials at once. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ends the rights of an account's credentials at once, without a grace period.",
      "",
      "For credentials that are in the wrong hands. They never get rights again, whatever becomes"
          + " of the",
      "account. A running controller issues new ones at once; without one, this command does. An"
          + " account in",
      "quarantine gets new ones when it comes back.",
      "",
      "Exit status 3: the cluster holds no credentials of an account, or new ones could not be"
          + " issued yet."
    },
    footerHeading = "%nExample:%n",
    footer = {"  maintain-kubeusers revoke --local wikibot stats"})
final class RevokeCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Mixin private AccountArguments accounts;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<AccountId> ids = accounts.ids(spec.commandLine());
    Settings settings = options.load();
    PrintWriter out = spec.commandLine().getOut();
    List<AdminCommands.Answer> answers;
    try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
      cluster.load();
      answers =
          new AdminCommands(
                  cluster,
                  ProgramModule.catalogue(settings, Clock.systemUTC()),
                  settings.passes().issue().revocation(),
                  Clock.systemUTC(),
                  new SecureRandom())
              .revoke(ids);
    }
    answers.forEach(answer -> out.println(answer.id() + ": " + answer.text()));
    out.flush();
    boolean all = answers.stream().allMatch(AdminCommands.Answer::done);
    var revoked = new LinkedHashSet<AccountId>();
    answers.stream().filter(AdminCommands.Answer::done).forEach(answer -> revoked.add(answer.id()));
    boolean issued = revoked.isEmpty() || issue(settings, revoked, out);
    out.flush();
    return all && issued ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }

  /** Nobody is locked out for longer than needed, also where no controller runs. */
  private boolean issue(Settings settings, Set<AccountId> ids, PrintWriter out) {
    if (ProgramModule.isLed(settings, options.local)) {
      out.println("The running controller issues new credentials.");
      return true;
    }
    try (Program program = Program.start(settings, options.local, false)) {
      boolean well = true;
      for (var entry : program.controller().reconcile(ids).entrySet()) {
        out.println(entry.getKey() + ": " + words(entry.getValue()));
        well &= !(entry.getValue() instanceof Outcome.Failed);
      }
      return well;
    } catch (RuntimeException e) {
      out.println(
          "New credentials could not be issued here, the controller will: " + e.getMessage());
      return false;
    }
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(String why) -> "new credentials (" + why + ")";
      case Outcome.Unchanged() -> "nothing else is to be done now";
      case Outcome.Pending(String reason) -> "new credentials wait: " + reason;
      case Outcome.OnHold(var held) -> "no new credentials: " + held.explanation();
      case Outcome.Refused(String reason) -> "no new credentials: " + reason;
      case Outcome.Failed(String message, _) ->
          "new credentials could not be issued yet: " + message;
    };
  }
}
