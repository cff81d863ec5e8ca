package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps an account from what it should be.
 *
 * @param since when it was first met
 * @param next when it is tried again; empty when the next pass does
 */
public record LastingFault(Instant since, Optional<Instant> next, String cause) {
  private static final int LONGEST = 500;

  public LastingFault {
    requireNonNull(since, "since is null");
    requireNonNull(next, "next is null");
    cause = cause.length() <= LONGEST ? cause : cause.substring(0, LONGEST - 3) + "...";
  }

  /** As name and value pairs. */
  public Map<String, String> toEntries() {
    var entries = new HashMap<>(Map.of("since", since.toString(), "cause", cause));
    next.ifPresent(time -> entries.put("next", time.toString()));
    return entries;
  }

  /**
   * @throws InvalidValueException naming the entry that is missing or invalid
   */
  public static LastingFault fromEntries(Map<String, String> entries) {
    return new LastingFault(
        Entries.read(entries, "since", Instant::parse),
        Entries.optional(entries, "next", Instant::parse),
        Entries.read(entries, "cause", text -> text));
  }
}
