package io.github.maintainkubeusers.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;

/**
 * What the cluster holds of one account.
 *
 * @param marker the time of expiry that its owner sees (a tool's ConfigMap, an admin's key in the shared one); empty
 *        when its owner deleted it to ask for new credentials. Its text is never obeyed
 * @param present the managed objects that stand
 * @param subjects of those that are bindings, whom they bind
 */
public record Observed(AccountId id, NamespaceState namespace, RecordState record, Optional<String> marker,
        Set<ManagedObject> present, Map<ManagedObject, Set<Subject>> subjects) {
    public Observed {
        present = Set.copyOf(present);
        subjects = Map.copyOf(subjects);
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
