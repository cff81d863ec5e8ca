package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Held;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an account's owner sees of its credentials, and deletes to request new ones: a tool's
 * ConfigMap, an admin's key in the shared one. Owners of tools can also change it; their edits are
 * ignored and overwritten.
 *
 * @param status for people and old scripts; an admin has none
 * @param expires the time of expiry in UTC, without a zone, as scripts have read it since 2019
 * @param clean false when it holds more than these two
 */
public record CredentialStatus(String status, String expires, boolean clean) {
  /** Longer texts are cut, and what a tool writes is read up to here. */
  public static final int MAX_LENGTH = 1000;

  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  /**
   * Of a tool whose ConfigMap has another name, {@code maintain-kubeusers-NAME}, as newer versions
   * of the service that is succeeded call it.
   */
  public static final CredentialStatus UNDER_FORMER_NAME = new CredentialStatus("", "", false);

  public CredentialStatus {
    requireNonNull(status, "status is null");
    requireNonNull(expires, "expires is null");
  }

  /**
   * The status of an account that has its credentials.
   *
   * @param kubeconfigFault why its kubeconfig could not be written, if it could not
   */
  public static CredentialStatus of(
      AccountKind kind, Credential credential, Optional<String> kubeconfigFault) {
    return of(
        kind,
        kubeconfigFault
            .map(fault -> "user created, without a kubeconfig: " + fault)
            .orElse("user created"),
        credential);
  }

  /** The status of an account whose owner has to wait for new credentials. */
  static CredentialStatus delayed(AccountKind kind, Credential credential, Instant due) {
    return of(kind, "new credentials at " + due + ": they were requested too often", credential);
  }

  /** The status of a tool that is held, and keeps what it has. */
  static CredentialStatus held(Credential credential, Held held) {
    return of(AccountKind.TOOL, "user created; " + held.sentence(), credential);
  }

  private static CredentialStatus of(AccountKind kind, String status, Credential credential) {
    String text = status.substring(0, Math.min(status.length(), MAX_LENGTH));
    return switch (kind) {
      case TOOL -> new CredentialStatus(text, EXPIRY.format(credential.notAfter()), true);
      case ADMIN, SERVICE -> new CredentialStatus("", EXPIRY.format(credential.notAfter()), true);
    };
  }
}
