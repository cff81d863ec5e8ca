package io.github.maintainkubeusers.plan;

import java.time.Duration;
import java.time.Instant;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;

/** When credentials are due for renewal. */
public final class Renewal {
    private static final Duration MARGIN = Duration.ofDays(30);

    private Renewal() {}

    /**
     * The smaller of 30 days and a third of the certificate's life before its end, brought forward by up to a tenth
     * of the life, by a hash of the name: those provisioned together are not renewed together.
     */
    public static Instant dueAt(AccountId id, AccountRecord record) {
        Duration life = Duration.between(record.notBefore(), record.notAfter());
        Duration third = life.dividedBy(3);
        Duration margin = third.compareTo(MARGIN) < 0 ? third : MARGIN;
        return record.notAfter().minus(margin).minus(spread(id, life.dividedBy(10)));
    }

    private static Duration spread(AccountId id, Duration most) {
        long fraction = Integer.toUnsignedLong(id.toString().hashCode() * 0x9E3779B9) >>> 16;
        return Duration.ofMillis((most.toMillis() * fraction) >> 16);
    }
}
