package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.reconcile.Survey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a pass would do, because it is the same value. */
@Command(name = "plan", mixinStandardHelpOptions = true, sortOptions = false, synopsisHeading = "%nUsage: ", header = "Prints what a pass would do now, and does nothing.", optionListHeading = "%nOptions:%n")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private Options options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Main.setUpLogging(options);
        Settings settings = new SettingsLoader(options).load();
        try (Program program = Program.start(settings, options.local)) {
            print(program.controller().survey(), spec.commandLine().getOut());
            return ExitStatus.WELL;
        }
    }

    private static void print(Survey survey, PrintWriter out) {
        survey.plans().forEach(plan -> print(plan, out));
        survey.held().forEach(out::println);
        survey.departures().stream().filter(plan -> !plan.steps().isEmpty()).forEach(plan -> out.println(
                plan.departure().id() + ": " + plan.word() + ", for it is " + plan.departure().why()
                        + (plan.takesAway() && survey.refusal().isPresent() ? " (refused)" : "")));
        survey.refusal().ifPresent(reason -> out.println("Nobody would be removed: " + reason));
        long quiet = survey.plans().stream()
                .filter(plan -> plan instanceof AccountPlan.Work work && work.steps().isEmpty()).count();
        out.println(quiet + " accounts need nothing");
        out.flush();
    }

    private static void print(AccountPlan plan, PrintWriter out) {
        switch (plan) {
            case AccountPlan.Wait(var account, String reason) -> out.println(account + ": waits: " + reason);
            case AccountPlan.Hold(_, var held) -> out.println(held);
            case AccountPlan.Work work when work.steps().isEmpty() -> {
                // counted
            }
            case AccountPlan.Work work -> {
                out.println(work.account() + ": " + work.why());
                work.steps().forEach(step -> out.println("    " + words(step)));
            }
        }
    }

    private static String words(Step step) {
        return switch (step) {
            case Step.ApplyNamespace() -> "make the namespace, or put its labels right";
            case Step.Create(var object) -> "create " + object;
            case Step.Update(var object) -> "update " + object + ", as its template says";
            case Step.PrepareHome() ->
                "make what is missing of the home, and see that its kubeconfig can be merged into";
            case Step.Bind(var binding, var subjects) ->
                "let " + binding + " hold " + subjects.stream().map(Subject::name).sorted().toList();
            case Step.Delete(var binding) -> "delete " + binding + ", which no template makes any more";
            case Step.Issue(var generation) -> "new key and certificate, generation " + generation;
            case Step.WriteHome() -> "write key, certificate and kubeconfig";
            case Step.WriteKubeconfig() -> "write the kubeconfig";
            case Step.Adopt _ ->
                "record the credentials that an earlier controller issued, or replace them if not valid";
            case Step.Unblock() -> "let it have pods again";
            case Step.MarkEnabled() -> "take k8s.disabled out of the home";
            case Step.RecordReturn _ -> "record that it is back";
            case Step.DelayRefresh _ -> "record that its owner has to wait for new credentials";
            case Step.RecordUpkeep _ -> "record what its objects and kubeconfig were made from";
            case Step.WriteRecord(var generation, _, _) -> "record generation " + generation;
            case Step.WriteMarker(var marker) -> "let its owner see: expires " + marker.expires()
                    + (marker.status().isEmpty() ? "" : ", status: " + marker.status());
        };
    }
}
