package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.AccountKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many there are of each kind and something else; what nothing was added to is 0. */
final class LabelCounts implements Metric.Values {
  private final Map<AccountKind, Map<String, Integer>> counts = new EnumMap<>(AccountKind.class);

  LabelCounts(List<String> values) {
    for (AccountKind kind : AccountKind.values()) {
      var ofKind = new LinkedHashMap<String, Integer>();
      values.forEach(value -> ofKind.put(value, 0));
      counts.put(kind, ofKind);
    }
  }

  void add(AccountKind kind, String value) {
    counts.get(kind).merge(value, 1, Integer::sum);
  }

  @Override
  public void writeTo(Metric.Sink sink) {
    counts.forEach(
        (kind, values) -> values.forEach((value, count) -> sink.put(count, kind.label(), value)));
  }
}
