package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.Observed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the rights of credentials at once. */
@Command(name = "revoke", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Ends the rights of an account's credentials at once, without a grace period.", "",
        "For credentials that are in the wrong hands. The controller then gives the account new ones, as soon as it sees",
        "it. An account in quarantine has no rights that could be ended."}, footerHeading = "%nExample:%n", footer = {
                "  maintain-kubeusers revoke --local wikibot stats"})
final class RevokeCommand implements Callable<Integer> {
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
        Settings settings = new SettingsLoader(options).load();
        try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
            cluster.load();
            PrintWriter out = spec.commandLine().getOut();
            boolean all = ids.stream().map(id -> revoke(id, cluster, out)).reduce(true, Boolean::logicalAnd);
            out.flush();
            return all ? ExitStatus.WELL : ExitStatus.SOME_FAILED;
        }
    }

    /** Rights first, for they are what matters; the record then makes the controller issue anew. */
    private static boolean revoke(AccountId id, Cluster cluster, PrintWriter out) {
        Observed observed = cluster.observe(id);
        Optional<AccountRecord> record = observed.record().known()
                .filter(known -> known.state() != AccountState.QUARANTINED);
        if (record.isEmpty()) {
            out.println(id + ": has no credentials with rights here");
            return false;
        }
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        observed.bindings().keySet().forEach(binding -> cluster.bind(binding, id, Set.of()));
        cluster.recordState(id, record.get().in(AccountState.REVOKED, now));
        out.println(id + ": generation " + record.get().generation() + " has no rights any more");
        return true;
    }
}
