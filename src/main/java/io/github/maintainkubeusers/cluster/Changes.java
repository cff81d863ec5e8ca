package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.maintainkubeusers.account.AccountId;

/** Counts what was seen to change of each account. */
final class Changes {
    private final Map<AccountId, Long> ofTools = new ConcurrentHashMap<>();
    private final AtomicLong ofAll = new AtomicLong();
    private final AtomicLong total = new AtomicLong();

    /** The namespace itself, or something in it. */
    void of(String namespace) {
        Names.toolOf(namespace).ifPresent(tool -> ofTools.merge(tool, 1L, Long::sum));
        total.incrementAndGet();
    }

    /** Of objects that many accounts share. */
    void ofAll() {
        ofAll.incrementAndGet();
        total.incrementAndGet();
    }

    /** Both numbers only grow, so that their sum is another one after each change. */
    long seen(AccountId id) {
        return ofAll.get() + ofTools.getOrDefault(id, 0L);
    }

    /** Of any account. */
    long total() {
        return total.get();
    }
}
