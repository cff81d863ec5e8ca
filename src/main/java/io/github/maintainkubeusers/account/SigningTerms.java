package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked for besides the subject when a certificate is signed.
 *
 * @param signer by the name of Kubernetes; empty for the one that signs for all
 * @param lifetime empty for the one that all have
 */
public record SigningTerms(Optional<String> signer, Optional<Duration> lifetime) {
  /** Those of every tool and admin. */
  public static final SigningTerms COMMON = new SigningTerms(Optional.empty(), Optional.empty());

  private static final Pattern SIGNER =
      Pattern.compile("[a-z0-9][-a-z0-9.]*/[A-Za-z0-9][-A-Za-z0-9_.]*");

  public SigningTerms {
    requireNonNull(signer, "signer is null");
    requireNonNull(lifetime, "lifetime is null");
  }

  /**
   * The name of a signer.
   *
   * @throws InvalidValueException when none can have it
   */
  public static String signer(String text) {
    if (!SIGNER.matcher(text).matches()) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text)
              + " is not the name of a signer like kubernetes.io/kube-apiserver-client");
    }
    return text;
  }
}
