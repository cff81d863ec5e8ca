package io.github.maintainkubeusers.app;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a new owner have the name of an account that was removed. */
@Command(name = "forget", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Lets a new owner have the name of a tool (or admin) that was removed.", "",
        "When a name comes back with another user id, the account is held: certificates of its former owner may still",
        "be valid. They carry no rights that the new owner's account has, but names may stand in other places."})
final class ForgetCommand implements Callable<Integer> {
    @Mixin
    private Options options;

    @Mixin
    private NamedAccounts accounts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<AccountId> ids = accounts.ids(spec.commandLine());
        Main.setUpLogging(options);
        Settings settings = Main.load(options);
        try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
            ids.forEach(cluster::forget);
        }
        return ExitStatus.WELL;
    }
}
