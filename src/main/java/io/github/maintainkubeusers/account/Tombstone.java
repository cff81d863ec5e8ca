package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * What is kept of an account that was removed: certificates of it may still be valid, and its name may get a new owner,
 * who must not meet them.
 *
 * @param generation the last that was given out
 * @param notAfter when the last of its certificates ends
 */
public record Tombstone(Uid uid, Generation generation, Instant notAfter) {
    public Tombstone {
        requireNonNull(uid, "uid is null");
        requireNonNull(generation, "generation is null");
        requireNonNull(notAfter, "notAfter is null");
    }

    public static Tombstone of(AccountRecord record) {
        return new Tombstone(record.uid(), record.generation(), record.notAfter());
    }

    /** As name and value pairs. */
    public Map<String, String> toEntries() {
        return Map.of("uid", uid.toString(), "generation", generation.toString(), "not-after", notAfter.toString());
    }

    /** @throws InvalidValueException naming the entry that is missing or makes no sense */
    public static Tombstone fromEntries(Map<String, String> entries) {
        return new Tombstone(AccountRecord.read(entries, "uid", Uid::parse),
                AccountRecord.read(entries, "generation", Generation::parse),
                AccountRecord.read(entries, "not-after", Instant::parse));
    }
}
