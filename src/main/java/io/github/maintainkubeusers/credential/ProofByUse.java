package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

/**
 * Tries a pair where the authorities that the API server knows clients by cannot be read.
 *
 * @param likely authorities that may have signed; they only give the issuer its fingerprint
 * @param trial makes a request with the pair
 */
public record ProofByUse(CaBundle likely, Trial trial) implements ClientTrust {
  public ProofByUse {
    requireNonNull(likely, "likely is null");
    requireNonNull(trial, "trial is null");
  }

  /** One request. */
  @FunctionalInterface
  public interface Trial {
    /** Whether the API server takes the holder of this pair for its subject. Both are PEM. */
    boolean accepts(byte[] certificate, byte[] key);
  }
}
