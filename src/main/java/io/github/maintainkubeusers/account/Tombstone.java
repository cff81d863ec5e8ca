package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What is kept of an account that was removed: certificates of it may still be valid, and its name
 * may get a new owner.
 *
 * @param notAfter when its last certificate ends
 */
public record Tombstone(Uid uid, Instant notAfter) {
  /**
   * Legacy certificates, of which no end is recorded, live at most a year: the signer's default.
   */
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);

  public Tombstone {
    requireNonNull(uid, "uid is null");
    requireNonNull(notAfter, "notAfter is null");
  }

  public static Tombstone of(AccountRecord record) {
    return new Tombstone(
        record.uid(),
        record
            .credential()
            .map(Credential::notAfter)
            .orElseGet(() -> record.since().plus(LONGEST_LIFE)));
  }

  /** As name and value pairs. */
  public Map<String, String> toEntries() {
    return Map.of("uid", uid.toString(), "not-after", notAfter.toString());
  }

  /**
   * @throws InvalidValueException naming the entry that is missing or invalid
   */
  public static Tombstone fromEntries(Map<String, String> entries) {
    return new Tombstone(
        Entries.read(entries, "uid", Uid::parse),
        Entries.read(entries, "not-after", Instant::parse));
  }
}
