package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterAccess;
import io.github.maintainkubeusers.cluster.ClusterException;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Renewal;
import io.github.maintainkubeusers.reconcile.DryRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the status of every account. */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Prints the status of every account. Read-only.", "",
        "A line for each: its state, generation, when its certificate ends and is due for renewal, who signed it, and",
        "what is to be done or has been changed by hand. Then what is held and why, what would be taken away, the CAs",
        "that clients know the API server by and it them, and how many certificates each authority has signed, which",
        "shows how far a rotation of the CA is."}, footerHeading = "%nExample:%n", footer = {
                "  Only those that need something or somebody:", "    maintain-kubeusers status --local --notable"})
final class StatusCommand implements Callable<Integer> {
    private static final int FINGERPRINT_DIGITS = 12;

    @Mixin
    private Options options;

    @Option(names = "--notable", description = "Leave out the accounts for which there is nothing to do or to know.")
    private boolean notable;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Main.setUpLogging(options);
        Settings settings = Main.load(options);
        try (Program program = Program.start(settings, options.local, false)) {
            DryRun run = program.controller().dryRun();
            PrintWriter out = spec.commandLine().getOut();
            var cas = new TreeMap<String, Integer>();
            run.plans().forEach(plan -> {
                Observed observed = program.cluster().observe(plan.id());
                observed.record().known().flatMap(AccountRecord::credential)
                        .ifPresent(credential -> cas.merge(ca(credential), 1, Integer::sum));
                String todo = todo(plan);
                if (!notable || !todo.isEmpty() || isRevoked(observed)) {
                    out.println(line(observed) + todo);
                }
            });
            run.unnamed().forEach(out::println);
            run.refusal().ifPresent(reason -> out.println("Removals refused: " + reason));
            run.accessFault().ifPresent(reason -> out.println("No kubeconfig can be written: " + reason));
            run.podSecurityPolicies().stream().sorted()
                    .forEach(id -> out.println(id + ": has a PodSecurityPolicy of an earlier controller"));
            authorities(program.cluster()).forEach(out::println);
            cas.forEach((ca, count) -> out.println("authority " + ca + ": " + count + " certificates"));
            out.flush();
            return ExitStatus.WELL;
        }
    }

    /** Whom clients trust and whom the API server trusts, which may be different authorities. */
    private static List<String> authorities(Cluster cluster) {
        try {
            ClusterAccess access = cluster.access();
            var lines = new ArrayList<String>();
            CaBundle.parse(access.caBundle()).ends().forEach((ca, end) -> lines.add(
                    "server CA " + shortened(ca) + ": clients know the API server by it, ends " + end));
            CaBundle.parse(access.clientCas()).ends().forEach((ca, end) -> lines.add(
                    "client CA " + shortened(ca) + ": the API server knows clients by it, ends " + end));
            return lines;
        } catch (ClusterException | CredentialException e) {
            return List.of("CAs unknown: " + e.getMessage());
        }
    }

    private static String line(Observed observed) {
        AccountId id = observed.id();
        String revoked = isRevoked(observed) ? ", revoked" : "";
        return observed.record().known().map(record -> id + ": " + record.state().label() + revoked
                + record.credential().map(credential -> ", generation " + credential.number() + ", ends "
                        + credential.notAfter() + ", renewal " + Renewal.dueAt(id, credential) + ", by "
                        + ca(credential)).orElse(", no credentials"))
                .orElse(id + ": no record" + revoked);
    }

    private static boolean isRevoked(Observed observed) {
        return observed.record().known().flatMap(AccountRecord::credentialId).filter(observed.facts()::revoke)
                .isPresent();
    }

    private static String ca(Credential credential) {
        return shortened(credential.issuer());
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, FINGERPRINT_DIGITS);
    }

    private static String todo(Plan plan) {
        String absence = plan.target().absence();
        String obstacle = plan.obstacle().map(found -> "; " + switch (found) {
            case Plan.Obstacle.Waiting(String reason) -> "waits: " + reason;
            case Plan.Obstacle.OnHold(var held) -> "held (" + held.reason().label() + "): " + held.explanation();
            case Plan.Obstacle.RemovalRefused(String reason) -> "removal refused: " + reason;
        }).orElse("");
        return (absence.isEmpty() ? "" : "; " + absence) + obstacle
                + (plan.steps().isEmpty() ? "" : "; to do: " + plan.why())
                + (plan.kept().isEmpty() ? "" : "; changed by hand and kept: " + plan.kept());
    }
}
