package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.reconcile.DryRun;
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
        Settings settings = Main.load(options);
        try (Program program = Program.start(settings, options.local, false)) {
            print(program.controller().dryRun(), spec.commandLine().getOut());
            return ExitStatus.WELL;
        }
    }

    private static void print(DryRun run, PrintWriter out) {
        run.plans().forEach(plan -> print(plan, run.refusal().isPresent(), out));
        run.unnamed().forEach(out::println);
        run.refusal().ifPresent(reason -> out.println("Removals would be refused: " + reason));
        run.accessFault().ifPresent(reason -> out.println("No kubeconfig can be written: " + reason));
        out.println(run.plans().stream().filter(Plan::isSettled).count() + " accounts need nothing");
        out.flush();
    }

    private static void print(Plan plan, boolean refused, PrintWriter out) {
        plan.obstacle().ifPresent(obstacle -> out.println(StepText.of(plan.id(), obstacle)));
        if (plan.steps().isEmpty()) {
            return;
        }
        String absence = plan.target().absence();
        out.println(plan.id() + ": " + plan.why() + (absence.isEmpty() ? "" : " (" + absence + ")")
                + (plan.removesAccess() && refused ? ", refused" : ""));
        plan.steps().forEach(step -> out.println("    " + StepText.of(step)));
    }
}
