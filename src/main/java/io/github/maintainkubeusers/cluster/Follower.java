package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.options.ListOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a mirror up to date, whatever happens to its watch: resumes it, or lists anew what the server no longer has. */
final class Follower<T extends KubernetesObject> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration WATCH = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Mirror<T, ?> mirror;
    private final ClusterListener listener;
    private final Thread thread;
    private volatile boolean closed;

    private Follower(Mirror<T, ?> mirror, ClusterListener listener) {
        this.mirror = requireNonNull(mirror, "mirror is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.thread = Thread.ofVirtual().name("watch-" + mirror.resource().plural()).unstarted(this::run);
    }

    /** Begins where the mirror's list ended. */
    static <T extends KubernetesObject> Follower<T> start(Mirror<T, ?> mirror, ClusterListener listener) {
        var follower = new Follower<>(mirror, listener);
        listener.heard(mirror.name());
        follower.thread.start();
        return follower;
    }

    /** Ends it; the connection must be closed as well, for a watch waits without looking up. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                watch();
            } catch (ClusterException | GoneException e) {
                LOG.debug("Listing {} anew", mirror.resource().plural(), e);
                reload();
            } catch (IOException | RuntimeException e) {
                LOG.debug("Resuming the watch of {}", mirror.resource().plural(), e);
                pause();
            }
        }
    }

    /** Follows one watch to its end, which comes after a while even when all is well. */
    private void watch() throws IOException {
        ListOptions options = mirror.selection().options();
        options.setResourceVersion(Long.toString(mirror.seen()));
        options.setTimeoutSeconds((int) WATCH.toSeconds());
        try (Watchable<T> stream = mirror.resource().watch(mirror.selection().namespace(), options)) {
            listener.heard(mirror.name());
            while (!closed && stream.hasNext()) {
                take(stream.next());
                listener.heard(mirror.name());
            }
        }
    }

    private void take(Watch.Response<T> event) {
        if (event.object == null || event.type.equals("ERROR")) {
            throw new GoneException(event.status == null ? "the API server ended it" : event.status.getMessage());
        }
        mirror.take(event);
    }

    private void reload() {
        boolean told = false;
        while (!closed) {
            pause();
            try {
                mirror.load();
                listener.heard(mirror.name());
                return;
            } catch (ClusterException e) {
                if (!told && !closed) {
                    LOG.warn("What is known of {} may be out of date: {}", mirror.resource().plural(), e.getMessage());
                }
                told = true;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** The server no longer has what happened since the version that was asked for. */
    private static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GoneException(String message) {
            super(message);
        }
    }
}
