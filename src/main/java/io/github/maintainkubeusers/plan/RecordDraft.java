package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountRecord.Previous;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of credentials that are still to be made.
 *
 * @param number of the credentials, for people
 * @param superseded what keeps rights beside the new credentials for a while
 * @param lasting what keeps them for longer, because a kubeconfig that cannot be read may hold it
 * @param applied what this plan puts in place
 */
public record RecordDraft(
    Uid uid,
    int number,
    Optional<Superseded> superseded,
    List<Previous> lasting,
    LastApplied applied) {
  public RecordDraft {
    requireNonNull(uid, "uid is null");
    requireNonNull(superseded, "superseded is null");
    lasting = List.copyOf(lasting);
    requireNonNull(applied, "applied is null");
  }

  /**
   * The credentials that the new ones replace.
   *
   * @param grace how long they keep their rights
   * @param end how long they keep them when the kubeconfig could not be written: it may hold them
   *     inline
   */
  public record Superseded(CredentialId id, Duration grace, Optional<Instant> end) {
    Previous until(Instant now, boolean kubeconfigWritten) {
      Instant graceEnd = now.plus(grace);
      return new Previous(
          id, kubeconfigWritten ? graceEnd : end.filter(graceEnd::isBefore).orElse(graceEnd));
    }
  }

  /**
   * The record, once the certificate is there.
   *
   * @param kubeconfigWritten false when the kubeconfig is still to be written
   */
  public AccountRecord complete(Credential credential, Instant now, boolean kubeconfigWritten) {
    var previous = new ArrayList<>(lasting);
    superseded.map(before -> before.until(now, kubeconfigWritten)).ifPresent(previous::add);
    return AccountRecord.active(
        uid,
        credential.numbered(number),
        previous,
        now,
        kubeconfigWritten ? applied : applied.withoutKubeconfig());
  }
}
