package io.github.maintainkubeusers.plan;

import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Upkeep;

/**
 * What the cluster holds of one account.
 *
 * @param marker what its owner sees; empty when its owner deleted it to ask for new credentials
 * @param contents of the managed objects that stand and give no rights, the {@link Content#fingerprint}
 * @param bindings those that stand, also when no template makes them any more
 * @param blocked true when a second quota lets a tool have no pods
 * @param tombstone what is kept of an account that had this name before and was removed
 */
public record Observed(AccountId id, NamespaceState namespace, RecordState record, Optional<Marker> marker,
        Map<ManagedObject, String> contents, Map<ManagedObject, Bound> bindings, boolean blocked,
        Optional<Tombstone> tombstone) {
    public Observed {
        contents = Map.copyOf(contents);
        bindings = Map.copyOf(bindings);
    }

    /** An account of which the cluster holds nothing. */
    public static Observed nothing(AccountId id) {
        NamespaceState namespace = switch (id.kind()) {
            case TOOL -> NamespaceState.ABSENT;
            case ADMIN -> NamespaceState.READY;
        };
        return new Observed(id, namespace, new RecordState.None(), Optional.empty(), Map.of(), Map.of(), false,
                Optional.empty());
    }

    Upkeep upkeep() {
        return record.known().map(AccountRecord::upkeep).orElse(Upkeep.NONE);
    }

    boolean isIn(AccountState state) {
        return record.known().filter(known -> known.state() == state).isPresent();
    }

    /** Provisioned by an earlier controller, which knew of no records. */
    public boolean isForeign() {
        return record instanceof RecordState.None && marker.isPresent();
    }
}
