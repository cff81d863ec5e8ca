package io.github.maintainkubeusers.directory;

import java.time.Duration;

/** Does something when it has not been closed in time. */
final class Deadline implements AutoCloseable {
    private final Thread waiting;
    private volatile boolean passed;

    Deadline(Duration after, Runnable action) {
        waiting = Thread.ofVirtual().name("ldap-deadline").start(() -> await(after, action));
    }

    boolean hasPassed() {
        return passed;
    }

    @Override
    public void close() {
        waiting.interrupt();
    }

    private void await(Duration after, Runnable action) {
        try {
            Thread.sleep(after);
        } catch (InterruptedException _) {
            return;
        }
        passed = true;
        action.run();
    }
}
