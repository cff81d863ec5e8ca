package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The last pass of whoever leads, or led.
 *
 * @param how it went, as text
 */
public record LastPass(Instant ended, String how) {
  private static final String ENDED = "maintain-kubeusers/last-pass";
  private static final String HOW = "maintain-kubeusers/last-pass-result";
  private static final int LONGEST = 300;

  public LastPass {
    requireNonNull(ended, "ended is null");
    how = how.length() <= LONGEST ? how : how.substring(0, LONGEST - 3) + "...";
  }

  public Map<String, String> toAnnotations() {
    return Map.of(ENDED, ended.toString(), HOW, how);
  }

  /** Empty where the annotations tell of none. */
  public static Optional<LastPass> of(Map<String, String> annotations) {
    try {
      return Optional.ofNullable(annotations.get(ENDED))
          .map(ended -> new LastPass(Instant.parse(ended), annotations.getOrDefault(HOW, "")));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
