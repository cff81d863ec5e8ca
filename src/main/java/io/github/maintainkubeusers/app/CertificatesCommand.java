package io.github.maintainkubeusers.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What has to do with certificates, wherever they are. */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Looks at certificates; issues and rotates those of services.")
final class CertificatesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
