package io.github.maintainkubeusers.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Tombstone;

/**
 * What the cluster holds of one account.
 *
 * @param marker the time of expiry that its owner sees (a tool's ConfigMap, an admin's key in the shared one); empty
 *        when its owner deleted it to ask for new credentials. Its text is never obeyed
 * @param present the managed objects that stand
 * @param subjects of those that are bindings, whom they bind
 * @param blocked true when a second quota lets a tool have no pods
 * @param tombstone what is kept of an account that had this name before and was removed
 */
public record Observed(AccountId id, NamespaceState namespace, RecordState record, Optional<String> marker,
        Set<ManagedObject> present, Map<ManagedObject, Set<Subject>> subjects, boolean blocked,
        Optional<Tombstone> tombstone) {
    public Observed {
        present = Set.copyOf(present);
        subjects = Map.copyOf(subjects);
    }

    /** Of an account that was never in quarantine. */
    public Observed(AccountId id, NamespaceState namespace, RecordState record, Optional<String> marker,
            Set<ManagedObject> present, Map<ManagedObject, Set<Subject>> subjects) {
        this(id, namespace, record, marker, present, subjects, false, Optional.empty());
    }

    /** An account of which the cluster holds nothing. */
    public static Observed nothing(AccountId id) {
        NamespaceState namespace = switch (id.kind()) {
            case TOOL -> NamespaceState.ABSENT;
            case ADMIN -> NamespaceState.READY;
        };
        return new Observed(id, namespace, new RecordState.None(), Optional.empty(), Set.of(), Map.of());
    }
}
