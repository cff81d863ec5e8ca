package io.github.maintainkubeusers.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says a fault when it starts or changes and when it is over, not each time that it is met. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    /** The names of signing requests are new at each attempt; the fault is the same. */
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{16,}");

    private final Map<String, String> current = new ConcurrentHashMap<>();

    /**
     * Tells of a fault, unless the same was told before.
     *
     * @param subject whose it is, as in {@code tool fourohfour}
     * @param message names the subject
     */
    void met(String subject, String message) {
        String lasting = RANDOM.matcher(message).replaceAll("");
        if (!lasting.equals(current.put(subject, lasting))) {
            LOG.warn("{}", message);
        }
    }

    /** True while none is met that is not over. */
    boolean isEmpty() {
        return current.isEmpty();
    }

    void over(String subject) {
        if (current.remove(subject) != null) {
            LOG.info("{}: well again", subject);
        }
    }
}
