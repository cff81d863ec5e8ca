package io.github.maintainkubeusers.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.maintainkubeusers.account.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says a fault when it starts or changes and when it is over, not each time that it is met. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Map<Object, String> current = new ConcurrentHashMap<>();

    /** Tells of an account's fault, unless the same was told before. */
    void met(AccountId id, String message) {
        if (!message.equals(current.put(id, message))) {
            LOG.warn("{}: {}", id, message);
        }
    }

    void over(AccountId id) {
        if (current.remove(id) != null) {
            LOG.info("{}: well again", id);
        }
    }

    /** Tells of something that concerns no account of ours, once. */
    void met(Object subject, Object message) {
        if (!message.toString().equals(current.put(subject, message.toString()))) {
            LOG.warn("{}", message);
        }
    }
}
