package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as {@code kubectl get events} shows it.
 *
 * @param tool in whose namespace it stands; empty for the controller's own
 * @param name of the object; an event that stands under the same name is replaced
 * @param warning whether somebody should do something
 * @param reason in one word, in CamelCase
 * @param count how often it was met since {@code first}
 */
public record ClusterEvent(
    Optional<AccountId> tool,
    String name,
    boolean warning,
    String reason,
    String message,
    int count,
    Instant first,
    Instant last) {
  public ClusterEvent {
    requireNonNull(tool, "tool is null");
    requireNonNull(name, "name is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
  }
}
