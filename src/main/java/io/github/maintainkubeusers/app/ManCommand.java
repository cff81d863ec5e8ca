package io.github.maintainkubeusers.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {"Prints the manual page, made of the help texts of all commands.%n"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  Read it:",
      "    man -l <(maintain-kubeusers man)",
      "  Install it:",
      "    maintain-kubeusers man > /usr/local/share/man/man8/maintain-kubeusers.8"
    })
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ManPage.of(spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return ExitStatus.OK;
  }
}
