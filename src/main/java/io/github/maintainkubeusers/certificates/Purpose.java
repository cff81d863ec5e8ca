package io.github.maintainkubeusers.certificates;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.util.List;
import java.util.Optional;

/** What a certificate is used for where it was found. */
public enum Purpose {
  CLIENT("client auth"),
  SERVER("server auth"),
  AUTHORITY(""),
  ANY("");

  private final String usage;

  Purpose(String usage) {
    this.usage = usage;
  }

  /** As the certificate says of itself. */
  public static Purpose of(ParsedCertificate certificate) {
    if (certificate.isAuthority()) {
      return AUTHORITY;
    }
    List<String> usages = certificate.usages();
    boolean client = CLIENT.isAllowedBy(usages);
    boolean server = SERVER.isAllowedBy(usages);
    return client == server ? ANY : client ? CLIENT : SERVER;
  }

  /**
   * The usage that is missing, if one is. A certificate that names none may be used for all (RFC
   * 5280, 4.2.1.12).
   */
  Optional<String> missing(ParsedCertificate certificate) {
    return isAllowedBy(certificate.usages()) ? Optional.empty() : Optional.of(usage);
  }

  private boolean isAllowedBy(List<String> usages) {
    return usage.isEmpty() || usages.isEmpty() || usages.contains(usage) || usages.contains("any");
  }
}
