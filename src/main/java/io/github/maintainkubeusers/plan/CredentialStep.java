package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.CredentialId;

/** A step about credentials, whose certificate is not known before the step is done. */
public sealed interface CredentialStep extends Step {
  /** Make a key and have a certificate signed and checked. */
  record Issue(CredentialId id) implements CredentialStep {
    public Issue {
      requireNonNull(id, "id is null");
    }
  }

  /** Check the credentials that an earlier controller put into the home. */
  record Adopt() implements CredentialStep {}

  /**
   * Record the credentials of this plan where the owner cannot write, then show the owner when they
   * end.
   */
  record RecordCredentials(RecordDraft draft) implements CredentialStep {
    public RecordCredentials {
      requireNonNull(draft, "draft is null");
    }
  }
}
