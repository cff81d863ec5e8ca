package io.github.maintainkubeusers.cluster;

import static java.util.stream.Collectors.toMap;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** A record as annotations of a namespace: {@code maintain-kubeusers/uid} and so on. */
final class RecordAnnotations {
  static final String PREFIX = "maintain-kubeusers/";
  static final String STATE_LABEL = PREFIX + "state";
  static final String ENDS_LABEL = PREFIX + "ends";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private RecordAnnotations() {}

  static Map<String, String> of(AccountRecord record) {
    return prefixed(record.toEntries());
  }

  /** By what operators select and list namespaces; nothing is decided by it. */
  static Map<String, String> labels(AccountRecord record) {
    var labels = new HashMap<String, String>();
    labels.put(STATE_LABEL, record.state().label());
    record
        .credential()
        .ifPresent(credential -> labels.put(ENDS_LABEL, DAY.format(credential.notAfter())));
    return labels;
  }

  static Map<String, String> of(AdminFacts facts) {
    return prefixed(facts.toEntries());
  }

  static Map<String, String> ours(Map<String, String> annotations) {
    return annotations.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PREFIX))
        .collect(toMap(entry -> entry.getKey().substring(PREFIX.length()), Map.Entry::getValue));
  }

  /**
   * @param entries of the record and of the facts that admins have stated
   */
  static RecordState parse(Map<String, String> entries) {
    boolean recorded = entries.keySet().stream().anyMatch(name -> !AdminFacts.NAMES.contains(name));
    try {
      Object _ = AdminFacts.fromEntries(entries);
      return recorded
          ? new RecordState.Known(AccountRecord.fromEntries(entries))
          : new RecordState.None();
    } catch (InvalidValueException e) {
      return new RecordState.Unreadable(e.getMessage());
    }
  }

  /**
   * What admins have stated; none where it is unreadable, which makes the record unreadable too.
   */
  static AdminFacts facts(Map<String, String> entries) {
    try {
      return AdminFacts.fromEntries(entries);
    } catch (InvalidValueException _) {
      return AdminFacts.NONE;
    }
  }

  private static Map<String, String> prefixed(Map<String, String> entries) {
    return entries.entrySet().stream()
        .collect(toMap(entry -> PREFIX + entry.getKey(), Map.Entry::getValue));
  }
}
