package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Steps in their order, and whether somebody waits for any of them. */
final class StepList {
    private final List<Step> steps = new ArrayList<>();
    private boolean awaited;

    void add(Step step) {
        steps.add(step);
        awaited = true;
    }

    void addAll(Collection<? extends Step> more) {
        more.forEach(this::add);
    }

    /** One that many accounts may need at once, and that can wait. */
    void addRoutine(Step step) {
        steps.add(step);
    }

    List<Step> steps() {
        return steps;
    }

    Wave wave() {
        return awaited || steps.isEmpty() ? Wave.NONE : Wave.ROUTINE;
    }
}
