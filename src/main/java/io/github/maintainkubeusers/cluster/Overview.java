package io.github.maintainkubeusers.cluster;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.RecordState;

/** What is known of all accounts together. Nothing that it answers is to be changed. */
final class Overview {
    private final Remembered<Map<AccountId, RecordState>> provisioned;
    private final Remembered<Set<AccountId>> unrecorded;
    private final Remembered<Set<AccountId>> withPodSecurityPolicy;

    Overview(Namespaces namespaces, ToolObjects toolObjects, RecordConfigMaps records, Changes changes) {
        this.provisioned = new Remembered<>(changes, () -> provisioned(namespaces, records));
        this.unrecorded = new Remembered<>(changes, () -> namespaces.unrecorded().collect(toUnmodifiableSet()));
        this.withPodSecurityPolicy = new Remembered<>(changes, toolObjects::withPodSecurityPolicy);
    }

    /** Everybody who has a record. */
    Map<AccountId, RecordState> provisioned() {
        return provisioned.answer();
    }

    Set<AccountId> unrecorded() {
        return unrecorded.answer();
    }

    Set<AccountId> withPodSecurityPolicy() {
        return withPodSecurityPolicy.answer();
    }

    private static Map<AccountId, RecordState> provisioned(Namespaces namespaces, RecordConfigMaps records) {
        var states = new HashMap<AccountId, RecordState>();
        namespaces.recorded().forEach(state -> states.put(state.tool(), state.record()));
        records.admins().forEach(admin -> states.put(admin, records.adminRecord(admin)));
        return Collections.unmodifiableMap(states);
    }
}
