package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A quota, limits and bindings, which a test can change. */
public final class TestingCatalogue implements Catalogue {
  private volatile int pods = 10;
  private volatile RuntimeException fault;

  /** A new template. */
  public void allowPods(int number) {
    pods = number;
  }

  /** What is said of what operators have changed; null when it makes sense. */
  public void failWith(RuntimeException exception) {
    fault = exception;
  }

  @Override
  public Blueprint of(AccountId id) {
    return Blueprint.of(
        switch (id.kind()) {
          case TOOL ->
              List.of(
                  object(ManagedObject.RESOURCE_QUOTA, "hard", Map.of("pods", pods)),
                  object(ManagedObject.LIMIT_RANGE, "limits", List.of()),
                  binding(ManagedObject.TOOL_BINDING));
          case ADMIN ->
              List.of(binding(ManagedObject.VIEW_BINDING), binding(ManagedObject.ADMIN_BINDING));
          case SERVICE -> List.of(binding(ManagedObject.ADMIN_BINDING));
        },
        Map.of());
  }

  @Override
  public Set<ObjectKind> kinds() {
    return Set.of(ObjectKind.values());
  }

  @Override
  public void refresh() {
    if (fault != null) {
      throw fault;
    }
  }

  private static DesiredObject object(ManagedObject object, String key, Object value) {
    return new DesiredObject(object, object.name(), Map.of(), Map.of("spec", Map.of(key, value)));
  }

  private static DesiredObject binding(ManagedObject object) {
    return new DesiredObject(
        object,
        object.name(),
        Map.of(),
        Map.of("roleRef", Map.of("kind", "ClusterRole", "name", object.name())));
  }
}
