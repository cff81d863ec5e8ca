package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps by which bindings come to give rights to the credentials that have them, and to nobody
 * else.
 */
final class Bindings {
  private Bindings() {}

  /** Takes out whoever has no rights. Comes first in every plan, so that nothing can delay it. */
  static List<Step> restrict(Observed observed, Set<Subject> entitled) {
    var excessive = new ArrayList<ManagedObject>();
    for (Map.Entry<ManagedObject, ObservedBinding> entry : observed.bindings().entrySet()) {
      if (!entitled.containsAll(entry.getValue().subjects())) {
        excessive.add(entry.getKey());
      }
    }
    Collections.sort(excessive);
    var steps = new ArrayList<Step>();
    for (ManagedObject object : excessive) {
      steps.add(
          new ClusterStep.RemoveSubjects(
              object, remaining(observed.bindings().get(object).subjects(), entitled)));
    }
    return steps;
  }

  /**
   * Adds whoever is missing, corrects roles, and deletes what no template makes. Comes after {@link
   * #restrict}.
   */
  static List<Step> complete(
      Blueprint blueprint, Observed observed, Set<Subject> entitled, Set<Subject> wanted) {
    var steps = new ArrayList<Step>();
    var surplus = new ArrayList<ManagedObject>();
    for (ManagedObject object : observed.bindings().keySet()) {
      if (!blueprint.hasBinding(object)) {
        surplus.add(object);
      }
    }
    Collections.sort(surplus);
    surplus.forEach(object -> steps.add(new ClusterStep.DeleteBinding(object)));
    for (DesiredObject desired : blueprint.bindings()) {
      ObservedBinding bound = observed.bindings().get(desired.object());
      if (bound == null
          || !bound.role().equals(desired.fingerprint())
          || !remaining(bound.subjects(), entitled).equals(wanted)) {
        steps.add(new ClusterStep.SetSubjects(desired, wanted));
      }
    }
    return steps;
  }

  private static Set<Subject> remaining(Set<Subject> subjects, Set<Subject> entitled) {
    if (entitled.containsAll(subjects)) {
      return subjects;
    }
    var remaining = new HashSet<>(subjects);
    remaining.retainAll(entitled);
    return remaining;
  }
}
