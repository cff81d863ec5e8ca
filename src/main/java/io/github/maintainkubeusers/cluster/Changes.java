package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;

/** Counts what was seen to change of each account. */
final class Changes {
    private final Map<String, Long> ofNamespaces = new ConcurrentHashMap<>();
    private final AtomicLong ofAll = new AtomicLong();

    /** The namespace itself, or something in it. */
    void of(String namespace) {
        ofNamespaces.merge(namespace, 1L, Long::sum);
    }

    /** Of objects that many accounts share. */
    void ofAll() {
        ofAll.incrementAndGet();
    }

    /** Both numbers only grow, so that their sum is another one after each change. */
    long seen(AccountId id) {
        return ofAll.get()
                + (id.kind() == AccountKind.TOOL ? ofNamespaces.getOrDefault(Names.namespace(id), 0L) : 0);
    }
}
