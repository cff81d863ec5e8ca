package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.Renewal;
import io.github.maintainkubeusers.reconcile.Survey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how every account is. */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Prints how every account is, and changes nothing.", "",
        "A line for each: its state, generation, when its certificate ends and is due for renewal, who signed it, and",
        "what is to be done or has been changed by hand. Then what is held and why, what would be taken away, and how",
        "many certificates each authority has signed, which shows how far a rotation of the CA is."}, footerHeading = "%nExample:%n", footer = {
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
        Settings settings = new SettingsLoader(options).load();
        try (Program program = Program.start(settings, options.local)) {
            Survey survey = program.controller().survey();
            PrintWriter out = spec.commandLine().getOut();
            var authorities = new TreeMap<String, Integer>();
            survey.plans().forEach(plan -> {
                var record = program.cluster().observe(plan.account().id()).record().known();
                record.ifPresent(known -> authorities.merge(authority(known), 1, Integer::sum));
                String todo = todo(plan);
                if (!notable || !todo.isEmpty()) {
                    out.println(record.map(known -> line(plan.account().id(), known))
                            .orElse(plan.account().id() + ": no record") + todo);
                }
            });
            printRest(survey, out);
            authorities.forEach((authority, count) -> out.println("authority " + authority + ": " + count
                    + " certificates"));
            out.flush();
            return ExitStatus.WELL;
        }
    }

    private static String line(AccountId id, AccountRecord record) {
        return id + ": " + record.state().label() + ", generation " + record.generation() + ", ends "
                + record.notAfter() + ", renewal " + Renewal.dueAt(id, record) + ", by " + authority(record);
    }

    private static String authority(AccountRecord record) {
        return record.issuer().substring(0, FINGERPRINT_DIGITS);
    }

    private static String todo(AccountPlan plan) {
        return switch (plan) {
            case AccountPlan.Wait(_, String reason) -> "; waits: " + reason;
            case AccountPlan.Hold(_, var held) -> "; " + held;
            case AccountPlan.Work work -> (work.why().isEmpty() ? "" : "; to do: " + work.why())
                    + (work.kept().isEmpty() ? "" : "; changed by hand and kept: " + work.kept());
        };
    }

    private static void printRest(Survey survey, PrintWriter out) {
        survey.held().forEach(out::println);
        survey.departures().forEach(plan -> out.println(plan.departure().id() + ": "
                + (plan.steps().isEmpty() ? "" : "to be ") + plan.word() + ", " + plan.departure().why()));
        survey.refusal().ifPresent(reason -> out.println("Nobody is removed: " + reason));
        printSome(survey.strays().stream().sorted().toList(), "in no directory, without a record, left alone", out);
        printSome(survey.podSecurityPolicies().stream().sorted().toList(),
                "has a PodSecurityPolicy of an earlier controller", out);
    }

    private static void printSome(List<AccountId> ids, String what, PrintWriter out) {
        ids.forEach(id -> out.println(id + ": " + what));
    }
}
