package io.github.maintainkubeusers.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the command line says of the configuration. It stands above the files.
 *
 * @param config the configuration file; empty for the default one, which need not be there
 * @param ldapConfig the LDAP connection file; empty for the one that the configuration names
 */
public record CommandLineArguments(
    Optional<Path> config,
    Optional<Path> ldapConfig,
    Optional<String> project,
    Optional<Duration> interval,
    Optional<LogFormat> logFormat) {
  /** Says nothing. */
  public static final CommandLineArguments NONE =
      new CommandLineArguments(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
