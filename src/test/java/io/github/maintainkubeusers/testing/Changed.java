package io.github.maintainkubeusers.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.plan.Bound;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;

/** What a cluster holds of an account after one thing in it has changed. */
public final class Changed {
    private Changed() {}

    public static Observed namespace(Observed was, NamespaceState namespace) {
        return new Observed(was.id(), namespace, was.record(), was.marker(), was.contents(), was.bindings(),
                was.blocked(), was.tombstone());
    }

    public static Observed record(Observed was, AccountRecord record) {
        return new Observed(was.id(), was.namespace(), new RecordState.Known(record), was.marker(), was.contents(),
                was.bindings(), was.blocked(), was.tombstone());
    }

    public static Observed marker(Observed was, Optional<Marker> marker) {
        return new Observed(was.id(), was.namespace(), was.record(), marker, was.contents(), was.bindings(),
                was.blocked(), was.tombstone());
    }

    public static Observed content(Observed was, ManagedObject object, String fingerprint) {
        var contents = new HashMap<>(was.contents());
        contents.put(object, fingerprint);
        return new Observed(was.id(), was.namespace(), was.record(), was.marker(), contents, was.bindings(),
                was.blocked(), was.tombstone());
    }

    public static Observed bindings(Observed was, Consumer<Map<ManagedObject, Bound>> change) {
        var bindings = new HashMap<>(was.bindings());
        change.accept(bindings);
        return new Observed(was.id(), was.namespace(), was.record(), was.marker(), was.contents(), bindings,
                was.blocked(), was.tombstone());
    }

    public static Observed blocked(Observed was, boolean blocked) {
        return new Observed(was.id(), was.namespace(), was.record(), was.marker(), was.contents(), was.bindings(),
                blocked, was.tombstone());
    }

    public static Observed tombstone(Observed was, Optional<Tombstone> tombstone) {
        return new Observed(was.id(), was.namespace(), was.record(), was.marker(), was.contents(), was.bindings(),
                was.blocked(), tombstone);
    }
}
