package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import java.io.PrintWriter;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes what an earlier controller made and nothing uses any more. */
@Command(
    name = "remove-leftovers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes the PodSecurityPolicies that an earlier controller gave to tools.",
      "",
      "For each tool that has one: the policy, the role to use it and the bindings to that role."
          + " Kubernetes has no",
      "such policies since 1.25. The controller itself has no right to do this: run it with an"
          + " admin's."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  What would be removed?",
      "    maintain-kubeusers remove-leftovers --local --dry-run"
    })
final class RemoveLeftoversCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.load();
    PrintWriter out = spec.commandLine().getOut();
    try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
      cluster.load();
      for (AccountId tool : new TreeSet<>(cluster.legacy().withPodSecurityPolicy())) {
        if (!dryRun) {
          cluster.legacy().deletePodSecurityPolicy(tool);
        }
        out.println(tool + ": " + (dryRun ? "would remove" : "removed") + " its PodSecurityPolicy");
      }
    }
    out.flush();
    return ExitStatus.OK;
  }
}
