package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A step that writes to the cluster. */
public sealed interface ClusterStep extends Step {
  /**
   * Create a tool's namespace, or correct its labels.
   *
   * @param labels beside those that every tool's namespace has
   */
  record ApplyNamespace(Map<String, String> labels) implements ClusterStep {
    public ApplyNamespace {
      labels = Map.copyOf(labels);
    }
  }

  /** Create an object that does not exist. */
  record CreateObject(DesiredObject object) implements ClusterStep {}

  /** Give an object that exists the content that it should have. */
  record UpdateObject(DesiredObject object) implements ClusterStep {}

  /** Create a binding or set its subjects to exactly these. */
  record SetSubjects(DesiredObject binding, Set<Subject> subjects) implements ClusterStep {
    public SetSubjects {
      subjects = Set.copyOf(subjects);
    }
  }

  /**
   * Take subjects out of a binding, whatever role it gives.
   *
   * @param remaining the subjects that stay, of those that it has
   */
  record RemoveSubjects(ManagedObject binding, Set<Subject> remaining) implements ClusterStep {
    public RemoveSubjects {
      requireNonNull(binding, "binding is null");
      remaining = Set.copyOf(remaining);
    }
  }

  /** Delete a binding that no template makes any more, or whose account is removed. */
  record DeleteBinding(ManagedObject binding) implements ClusterStep {}

  /** Create the quota that lets a tool have no pods. */
  record Suspend() implements ClusterStep {}

  /** Delete the quota that lets a tool have no pods. */
  record Resume() implements ClusterStep {}

  /** Delete the pods of a tool. The plan ends here while any are left. */
  record DeletePods() implements ClusterStep {}

  /**
   * Write the record, over the version that the plan was made from.
   *
   * @param status what the owner is shown after that; empty when it stays as it is
   */
  record WriteRecord(AccountRecord record, Optional<CredentialStatus> status)
      implements ClusterStep {
    public WriteRecord {
      requireNonNull(record, "record is null");
      requireNonNull(status, "status is null");
    }

    public WriteRecord(AccountRecord record) {
      this(record, Optional.empty());
    }
  }

  /** Show the owner this. */
  record WriteStatus(CredentialStatus status) implements ClusterStep {}

  /** Keep what must be known of an account that is removed. */
  record Bury(Tombstone tombstone) implements ClusterStep {}

  /** Delete a tool's namespace with everything in it, or an admin's record. */
  record Remove() implements ClusterStep {}
}
