package io.github.maintainkubeusers.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** SIGTERM and Ctrl-C: the main thread is asked to end and is waited for, so that it closes everything in its order. */
final class Termination {
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private Termination() {}

    static void onSignal(CountDownLatch ended) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                boolean _ = main.join(LONGEST);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }, "termination"));
    }
}
