package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastApplied;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the accounts of these tests are to have, and what was last applied for one that has it. */
final class Blueprints {
  static final Optional<String> ACCESS = Optional.of("ac".repeat(8));
  static final Map<String, Object> QUOTA = Map.of("spec", Map.of("hard", Map.of("pods", 10)));
  static final Map<String, Object> LIMITS =
      Map.of("spec", Map.of("limits", List.of(Map.of("type", "Pod", "max", Map.of("cpu", "1")))));
  static final TrustedCas CAS =
      new TrustedCas(ACCESS, Set.of("b".repeat(64)), Optional.of("b".repeat(64)));
  private static final LastApplied APPLIED =
      new LastApplied(ACCESS, Map.of(), Instant.EPOCH, false, Optional.empty(), Optional.empty());

  private Blueprints() {}

  static Blueprint of(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> tool(QUOTA);
      case ADMIN, SERVICE ->
          Blueprint.of(
              List.of(binding(ManagedObject.VIEW_BINDING), binding(ManagedObject.ADMIN_BINDING)),
              Map.of());
    };
  }

  static Blueprint tool(Map<String, Object> quota, DesiredObject... more) {
    var objects =
        new ArrayList<>(
            List.of(
                new DesiredObject(ManagedObject.RESOURCE_QUOTA, "q", Map.of(), quota),
                new DesiredObject(ManagedObject.LIMIT_RANGE, "l", Map.of(), LIMITS),
                binding(ManagedObject.TOOL_BINDING)));
    objects.addAll(List.of(more));
    objects.sort(Comparator.comparing(DesiredObject::object));
    return Blueprint.of(objects, Map.of());
  }

  /** What was last applied for an account that has all this. */
  static LastApplied applied(AccountId id) {
    var fingerprints = new TreeMap<String, String>();
    of(id)
        .contents()
        .forEach(object -> fingerprints.put(object.object().name(), object.fingerprint()));
    return APPLIED.withObjects(fingerprints);
  }

  static ObservedBinding bound(ManagedObject binding, Set<Subject> subjects) {
    return new ObservedBinding(binding(binding).fingerprint(), subjects);
  }

  static String fingerprint(Map<String, Object> quota) {
    return Content.fingerprint(ObjectKind.RESOURCE_QUOTA, quota);
  }

  private static DesiredObject binding(ManagedObject object) {
    return new DesiredObject(
        object,
        object.name(),
        Map.of(),
        Map.of("roleRef", Map.of("kind", "ClusterRole", "name", "role-of-" + object.name())));
  }
}
