package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.RecordState;

/** Everybody who has a record. Each pass asks, and mostly nothing has changed. */
final class Provisioned {
    private final Namespaces namespaces;
    private final RecordConfigMaps records;
    private final Changes changes;
    private volatile Found last = new Found(-1, Map.of());

    private record Found(long changes, Map<AccountId, RecordState> states) {}

    Provisioned(Namespaces namespaces, RecordConfigMaps records, Changes changes) {
        this.namespaces = requireNonNull(namespaces, "namespaces is null");
        this.records = requireNonNull(records, "records is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** Not to be changed. */
    Map<AccountId, RecordState> states() {
        Found found = last;
        if (found.changes() != changes.total()) {
            found = find();
            last = found;
        }
        return found.states();
    }

    private Found find() {
        long before = changes.total(); // one that comes meanwhile lets the next who asks look again
        var states = new HashMap<AccountId, RecordState>();
        namespaces.recorded().forEach(state -> states.put(state.tool(), state.record()));
        records.admins().forEach(admin -> states.put(admin, records.adminRecord(admin)));
        return new Found(before, Collections.unmodifiableMap(states));
    }
}
