package io.github.maintainkubeusers.app;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what completes command lines in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints a script that completes commands, values and names of tools in a shell.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  In this shell, bash or zsh:",
      "    source <(maintain-kubeusers completion bash)",
      "  In fish:",
      "    maintain-kubeusers completion fish | source",
      "  In every bash of the machine:",
      "    maintain-kubeusers completion bash > /etc/bash_completion.d/maintain-kubeusers"
    })
final class CompletionCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SHELL",
      description = "bash, fish, or zsh, which reads bash's script by its bashcompinit.")
  private Shell shell;

  @Spec private CommandSpec spec;

  /** Which shells read the script. */
  private enum Shell {
    BASH,
    FISH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    spec.commandLine()
        .getOut()
        .println(
            "# For "
                + shell
                + ":\n"
                + switch (shell) {
                  case FISH -> ToolNames.fishFunction() + FishCompletion.of(program);
                  case BASH, ZSH ->
                      ToolNames.bashFunction()
                          + ToolNames.apart(AutoComplete.bash(program.getCommandName(), program));
                });
    spec.commandLine().getOut().flush();
    return ExitStatus.OK;
  }
}
