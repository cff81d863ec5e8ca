package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;

/**
 * What an account's owner sees of its credentials, and deletes to ask for new ones: a tool's ConfigMap, an admin's key
 * in the shared one. Owners of tools can also change it; what they write is corrected and never obeyed.
 *
 * @param status for people and old scripts; an admin's marker has none
 * @param expires the time of expiry in UTC, without a zone, as scripts have read it since 2019
 * @param clean false when there is more in it than these two
 */
public record Marker(String status, String expires, boolean clean) {
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
            .withZone(ZoneOffset.UTC);

    public Marker {
        requireNonNull(status, "status is null");
        requireNonNull(expires, "expires is null");
    }

    /** Of an account that has its credentials. */
    public static Marker of(AccountKind kind, AccountRecord record) {
        return of(kind, "user created", record);
    }

    /** Of one whose owner has to wait for new ones. */
    static Marker delayed(AccountKind kind, AccountRecord record, Instant due) {
        return of(kind, "new credentials at " + due + ": they were asked for too often", record);
    }

    private static Marker of(AccountKind kind, String status, AccountRecord record) {
        return switch (kind) {
            case TOOL -> new Marker(status, expires(record.notAfter()), true);
            case ADMIN -> new Marker("", expires(record.notAfter()), true);
        };
    }

    private static String expires(Instant time) {
        return EXPIRY.format(time);
    }
}
