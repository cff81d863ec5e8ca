package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.PassListener;

/** What probes are told. Neither the directory nor homes can make the process look dead: a restart would not help. */
final class Health implements PassListener {
    private final Liveness liveness;
    private volatile boolean loaded;

    Health(Liveness liveness) {
        this.liveness = requireNonNull(liveness, "liveness is null");
    }

    /** @param text one line */
    record Answer(boolean good, String text) {}

    @Override
    public void on(Happening happening) {
        liveness.on(happening);
        if (happening instanceof Happening.MirrorsLoaded) {
            loaded = true;
        }
    }

    Answer live() {
        Optional<String> stuck = liveness.stuck();
        return new Answer(stuck.isEmpty(), stuck.orElse("ok"));
    }

    Answer ready() {
        return loaded ? new Answer(true, "ok") : new Answer(false, "what the cluster holds is not loaded yet");
    }
}
