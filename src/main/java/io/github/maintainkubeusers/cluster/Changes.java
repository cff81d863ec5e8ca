package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.maintainkubeusers.account.AccountId;

/** Counts what was seen to change of each account. */
final class Changes {
    private final Map<AccountId, Long> ofOne = new ConcurrentHashMap<>();
    private final AtomicLong ofAll = new AtomicLong();

    void ofTool(String namespace) {
        Names.toolOf(namespace).ifPresent(tool -> ofOne.merge(tool, 1L, Long::sum));
    }

    /** Of objects that many accounts share. */
    void ofAll() {
        ofAll.incrementAndGet();
    }

    /** Both numbers only grow, so that their sum is another one after each change. */
    long seen(AccountId id) {
        return ofAll.get() + ofOne.getOrDefault(id, 0L);
    }
}
