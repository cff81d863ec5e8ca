package io.github.maintainkubeusers.certificates;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the API servers know the keys of one another's ServiceAccount tokens. A control plane
 * that is made anew has a new key, and the others refuse tokens of it until they know it.
 */
public final class TokenKeySummary {
  private static final String SOURCE = "/openid/v1/jwks";

  private TokenKeySummary() {}

  /**
   * A line for each server.
   *
   * @param keys ids of the keys that each server knows, by its name
   */
  public static List<CertificateReport> of(Map<String, Set<String>> keys) {
    return new TreeMap<>(keys)
        .entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue(), keys)).toList();
  }

  private static CertificateReport of(
      String name, Set<String> known, Map<String, Set<String>> keys) {
    List<Finding> findings =
        new TreeMap<>(keys)
            .entrySet().stream()
                .filter(other -> !known.containsAll(other.getValue()))
                .map(
                    other ->
                        Finding.broken(
                            "lacks a key that "
                                + other.getKey()
                                + " knows: tokens that were signed with it are refused here",
                            "put the public keys of all control planes into"
                                + " --service-account-key-file on that machine, and restart"
                                + " kube-apiserver there"))
                .toList();
    return new CertificateReport(
        CertificateKind.TOKEN_KEYS,
        name,
        SOURCE,
        Optional.of(Evidence.SERVED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        findings);
  }
}
