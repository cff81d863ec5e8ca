package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Handshake;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of commands that examine certificates. */
final class ExaminationOptions {
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private static final Duration WARN = Duration.ofDays(30);

  private Duration warn = WARN;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of table, wide, json, yaml. Default: ${DEFAULT-VALUE}.")
  OutputFormat format;

  @Option(
      names = "--warn",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long before its end a certificate counts as ending, as 30d. Default: 30d.")
  void setWarn(Duration duration) {
    warn = duration;
  }

  /** By the clock as it is now. */
  Examiner examiner() {
    return new Examiner(Clock.systemUTC().instant(), warn);
  }

  /** As without options. */
  static Examiner standard() {
    return new Examiner(Clock.systemUTC().instant(), WARN);
  }

  static Handshake handshake() {
    return new Handshake(HANDSHAKE);
  }
}
