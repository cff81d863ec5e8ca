package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.reconcile.AdminCommands;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a new owner have the name of an account. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets a new owner have the name of a tool (or admin).",
      "",
      "When a name comes back with another user id, the account is held (name-reused), because the"
          + " name may",
      "have a new owner. This command forgets the old user id. The new owner gets new credentials"
          + " with the",
      "next pass, and all credentials of the former owner stay without rights for ever.",
      "",
      "If the former owner's namespace still exists, the new owner gets it with everything in it."
          + " To start",
      "empty, delete the namespace first.",
      "",
      "Exit status 3: there was nothing to forget."
    },
    footerHeading = "%nExample:%n",
    footer = {"  maintain-kubeusers forget --local wikibot"})
final class ForgetCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Mixin private AccountArguments accounts;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<AccountId> ids = accounts.ids(spec.commandLine());
    Settings settings = options.load();
    PrintWriter out = spec.commandLine().getOut();
    boolean all = true;
    try (Program program = Program.start(settings, options.local, false)) {
      for (AdminCommands.Answer answer : program.controller().forget(ids)) {
        out.println(answer.id() + ": " + answer.text());
        all &= answer.done();
      }
    }
    out.flush();
    return all ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }
}
