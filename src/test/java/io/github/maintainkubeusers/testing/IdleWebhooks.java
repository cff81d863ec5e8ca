package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Webhooks for a kind of which there is no object, so that no call waits for them. */
public final class IdleWebhooks {
  private final String failurePolicy;
  private final String service;
  private final int port;
  private final String bundle;

  private IdleWebhooks(String failurePolicy, String service, int port, Authority authority) {
    this.failurePolicy = failurePolicy;
    this.service = service;
    this.port = port;
    try {
      bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(authority.certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * By a Service in the namespace {@code default}.
   *
   * @param authority that the API server is told to know it by
   */
  public static IdleWebhooks of(String service, int port, Authority authority) {
    return new IdleWebhooks("Ignore", service, port, authority);
  }

  /** The same, without whose answer the API server refuses. */
  public static IdleWebhooks required(String service, int port, Authority authority) {
    return new IdleWebhooks("Fail", service, port, authority);
  }

  /** A configuration of this name with these webhooks. */
  public String manifest(String name, List<String> webhooks) {
    return """
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata: {name: %s}
    webhooks:
    """
            .formatted(name)
        + webhooks.stream().map(this::webhook).collect(Collectors.joining());
  }

  private String webhook(String name) {
    return """
    - name: %s
      failurePolicy: %s
      sideEffects: None
      admissionReviewVersions: [v1]
      rules:
      - {apiGroups: [example.org], apiVersions: [v1], operations: [CREATE], resources: [things]}
      clientConfig:
        service: {name: %s, namespace: default, port: %d}
        caBundle: %s
    """
        .formatted(name, failurePolicy, service, port, bundle);
  }
}
