package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.PassListener;

/** Whether passes come and go, and get on while they last. A pass that fails is one that came to its end. */
final class Liveness implements PassListener {
    private static final String BETWEEN = "between two passes";

    private final InstantSource clock;
    private final Duration stuckAfter;
    private volatile Optional<Instant> last = Optional.empty();
    private volatile String where = BETWEEN;

    /** @param stuckAfter longer than anything that is waited for with a limit, and than the time between passes */
    Liveness(InstantSource clock, Duration stuckAfter) {
        this.clock = requireNonNull(clock, "clock is null");
        this.stuckAfter = requireNonNull(stuckAfter, "stuckAfter is null");
    }

    /** From now on, passes are to be expected. */
    void expect() {
        where = BETWEEN;
        last = Optional.of(clock.instant());
    }

    @Override
    public void on(Happening happening) {
        switch (happening) {
            case Happening.PassStarted(long number) -> at("at the start of pass " + number);
            case Happening.StageEntered(var stage) -> at("in stage " + stage.label());
            case Happening.PassProgressed _ -> at(where);
            case Happening.PassFinished _,Happening.PassFailed _,Happening.StoodBy _ -> at(BETWEEN);
            case Happening.DirectoryRead _,Happening.MirrorsLoaded _ -> at(where);
            // Also done when somebody changes something, while the loop itself stands still.
            case Happening.Worked _,Happening.Departed _,Happening.AccountFailed _,Happening.Settled _ -> {
            }
        }
    }

    /** Where it got stuck and for how long, if it did. */
    Optional<String> stuck() {
        Duration silence = last.map(time -> Duration.between(time, clock.instant())).orElse(Duration.ZERO);
        return silence.compareTo(stuckAfter) <= 0
                ? Optional.empty()
                : Optional.of("stuck " + where + ": no progress for " + silence.toSeconds() + " s");
    }

    private void at(String place) {
        where = place;
        last = Optional.of(clock.instant());
    }
}
