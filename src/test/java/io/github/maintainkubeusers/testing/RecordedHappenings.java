package io.github.maintainkubeusers.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.PassListener;

/** All that happened, in its order. */
public final class RecordedHappenings implements PassListener {
    private final List<Happening> all = new CopyOnWriteArrayList<>();

    @Override
    public void on(Happening happening) {
        all.add(happening);
    }

    public List<Happening> all() {
        return List.copyOf(all);
    }

    public <T extends Happening> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public void clear() {
        all.clear();
    }
}
