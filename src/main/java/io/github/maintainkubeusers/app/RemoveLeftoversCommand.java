package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
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
      "Removes what an earlier controller gave to tools and nothing uses any more.",
      "",
      "For each tool that has one: its PodSecurityPolicy, the role to use it and the bindings to"
          + " that role, because",
      "Kubernetes has no such policies since 1.25; and the ConfigMap maintain-kubeusers-NAME in its"
          + " namespace, once",
      "it has a record of its own. The controller itself has no right to do this: run it with an"
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
    try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
      Patience.reading(spec.commandLine().getErr(), cluster::load);
      for (AccountId tool : new TreeSet<>(cluster.legacy().withPodSecurityPolicy())) {
        if (!dryRun) {
          cluster.legacy().deletePodSecurityPolicy(tool);
        }
        tell(tool, "its PodSecurityPolicy");
      }
      for (AccountId tool : new TreeSet<>(cluster.records().keySet())) {
        if (tool.kind() == AccountKind.TOOL && cluster.legacy().hasFormerRecord(tool)) {
          if (!dryRun) {
            cluster.legacy().deleteFormerRecord(tool);
          }
          tell(tool, "the ConfigMap maintain-kubeusers-" + tool.name());
        }
      }
    }
    return ExitStatus.OK;
  }

  private void tell(AccountId tool, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(tool + ": " + (dryRun ? "would remove " : "removed ") + what);
    out.flush();
  }
}
