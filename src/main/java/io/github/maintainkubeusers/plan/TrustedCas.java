package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.Credential;
import java.util.Optional;
import java.util.Set;

/**
 * The CAs that the cluster trusts at present, each by the SHA-256 of its certificate.
 *
 * @param access fingerprint of what kubeconfigs say of the cluster: its server and these CAs; empty
 *     while that is not known
 * @param signing the one that signs new certificates; empty while that is not known for certain
 */
public record TrustedCas(Optional<String> access, Set<String> trusted, Optional<String> signing) {
  public static final TrustedCas UNKNOWN =
      new TrustedCas(Optional.empty(), Set.of(), Optional.empty());

  public TrustedCas {
    trusted = Set.copyOf(trusted);
  }

  /**
   * The API server refuses the certificate, or soon will. Believed only of a cluster that signs
   * with a CA it trusts.
   */
  public boolean distrusts(Credential credential) {
    return isKnown() && !trusted.contains(credential.issuer());
  }

  /** The certificate is still good, but another CA signs now. */
  public boolean hasSuperseded(Credential credential) {
    return isKnown() && !signing.get().equals(credential.issuer());
  }

  private boolean isKnown() {
    return signing.filter(trusted::contains).isPresent();
  }
}
