package io.github.maintainkubeusers.telemetry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.maintainkubeusers.account.AccountKind;

/** How many there are of each kind and something else; what nothing was added to is 0. */
final class Tally implements Metric.Values {
    private final Map<List<String>, Integer> counts = new LinkedHashMap<>();

    Tally(List<String> values) {
        for (AccountKind kind : AccountKind.values()) {
            values.forEach(value -> counts.put(List.of(kind.label(), value), 0));
        }
    }

    void add(AccountKind kind, String value) {
        counts.merge(List.of(kind.label(), value), 1, Integer::sum);
    }

    @Override
    public void tell(Metric.Sink sink) {
        counts.forEach((labels, count) -> sink.put(count, labels.toArray(String[]::new)));
    }
}
