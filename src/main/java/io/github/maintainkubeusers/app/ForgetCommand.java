package io.github.maintainkubeusers.app;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a new owner have the name of an account that was removed. */
@Command(name = "forget", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Lets a new owner have the name of a tool (or admin) that was removed.", "",
        "When a name comes back with another user id, the account is held: certificates of its former owner may still",
        "be valid. They carry no rights that the new owner's account has, but names may stand in other places."})
final class ForgetCommand implements Callable<Integer> {
    @Mixin
    private Options options;

    @Option(names = "--admin", description = "The names are those of admins, not tools.")
    private boolean admin;

    @Parameters(arity = "1..*", paramLabel = "NAME")
    private List<String> names;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<AccountId> ids = names.stream().map(this::id).toList();
        Main.setUpLogging(options);
        Settings settings = new SettingsLoader(options).load();
        try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
            ids.forEach(cluster::forget);
        }
        return ExitStatus.WELL;
    }

    private AccountId id(String name) {
        try {
            return new AccountId(admin ? AccountKind.ADMIN : AccountKind.TOOL, new AccountName(name));
        } catch (InvalidValueException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
