package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.config.CommandLineArguments;
import io.github.maintainkubeusers.config.LogFormat;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.config.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all commands share. */
final class Options {
  private static final Logger LOG = LoggerFactory.getLogger(Options.class);

  Optional<Duration> interval = Optional.empty();
  Optional<String> project = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration file. Without it, "
              + "/etc/maintain-kubeusers/config.yaml where that exists, else what Toolforge has.")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--ldapconfig",
      paramLabel = "FILE",
      description =
          "LDAP connection: servers, user, password (or "
              + "passwordFile). Default: /etc/ldap.yaml.")
  Optional<Path> ldapConfig = Optional.empty();

  @Option(
      names = "--local",
      description =
          "Connect to the cluster as KUBECONFIG (or ~/.kube/config) says, not by the "
              + "pod's ServiceAccount.")
  boolean local;

  @Option(names = "--debug", description = "Log each failure with its whole cause.")
  boolean debug;

  @Option(
      names = "--log-format",
      paramLabel = "WORD",
      description = "Lines of the log: text, or json, an object each. Default: text.")
  Optional<LogFormat> logFormat = Optional.empty();

  /** For a command that may need no configuration. */
  void setUpLogging() {
    LogSetup.level(debug);
  }

  /** The configuration, by which we log from now on. */
  Settings load() {
    setUpLogging();
    var loader =
        new SettingsLoader(
            new CommandLineArguments(config, ldapConfig, project, interval, logFormat));
    Settings settings = loader.load();
    LogSetup.format(settings.logFormat());
    loader.warnings().forEach(LOG::warn);
    return settings;
  }

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description =
          "Project that tools and admins belong to; the prefix "
              + "of their names in LDAP. Default: tools.")
  void setProject(String name) {
    if (name.isBlank()) {
      throw new ParameterException(command.commandLine(), "--project is empty");
    }
    project = Optional.of(name);
  }

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Time between passes. Default: 60.")
  void setInterval(long seconds) {
    if (seconds < 1 || seconds > Settings.LONGEST_INTERVAL.toSeconds()) {
      throw new ParameterException(
          command.commandLine(),
          "--interval "
              + seconds
              + " is not between 1 and "
              + Settings.LONGEST_INTERVAL.toSeconds());
    }
    interval = Optional.of(Duration.ofSeconds(seconds));
  }
}
