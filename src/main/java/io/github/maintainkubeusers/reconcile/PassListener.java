package io.github.maintainkubeusers.reconcile;

/** Told of what happens in passes and to accounts, from any thread. Must neither wait nor throw. */
@FunctionalInterface
public interface PassListener {
    PassListener NONE = _ -> {};

    void on(Happening happening);
}
