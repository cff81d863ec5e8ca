package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A certificate authority, and how much it is in use.
 *
 * @param fingerprint SHA-256 of its certificate, hexadecimal
 * @param forServer clients know the API server by it
 * @param forClients the API server knows clients by it
 * @param ends when its certificate ends, where the cluster publishes that
 * @param certificates how many of the recorded ones it has signed
 */
public record AuthorityRow(
    String fingerprint,
    boolean forServer,
    boolean forClients,
    Optional<Instant> ends,
    long certificates) {
  private static final int DIGITS = 12;

  public AuthorityRow {
    requireNonNull(fingerprint, "fingerprint is null");
    requireNonNull(ends, "ends is null");
  }

  String role() {
    if (forServer) {
      return forClients ? "server and client CA" : "server CA";
    }
    return forClients ? "client CA" : "unknown CA";
  }

  /** Enough of it to tell authorities apart. */
  String shortened() {
    return shortened(fingerprint);
  }

  static String shortened(String fingerprint) {
    return fingerprint.substring(0, Math.min(DIGITS, fingerprint.length()));
  }
}
