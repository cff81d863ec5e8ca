package io.github.maintainkubeusers.cluster;

import static java.util.stream.Collectors.toMap;

import java.util.Map;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.plan.RecordState;

/** A record as annotations of a namespace: {@code maintain-kubeusers/uid} and so on. */
final class RecordAnnotations {
    static final String PREFIX = "maintain-kubeusers/";

    private RecordAnnotations() {}

    static Map<String, String> of(AccountRecord record) {
        return record.toEntries().entrySet().stream()
                .collect(toMap(entry -> PREFIX + entry.getKey(), Map.Entry::getValue));
    }

    static RecordState read(Map<String, String> annotations) {
        Map<String, String> ours = annotations.entrySet().stream().filter(entry -> entry.getKey().startsWith(PREFIX))
                .collect(toMap(entry -> entry.getKey().substring(PREFIX.length()), Map.Entry::getValue));
        return parse(ours);
    }

    static RecordState parse(Map<String, String> entries) {
        if (entries.isEmpty()) {
            return new RecordState.None();
        }
        try {
            return new RecordState.Known(AccountRecord.fromEntries(entries));
        } catch (InvalidValueException e) {
            return new RecordState.Unreadable(e.getMessage());
        }
    }
}
