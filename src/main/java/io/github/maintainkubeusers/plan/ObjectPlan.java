package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The steps for an account's namespace and for the objects in it that give no rights.
 *
 * <p>What was last put into an object is recorded. That tells a template that has changed, which is
 * rolled out, from an object that somebody changed by hand: a quota or limit then stays as the
 * admin set it; anything else is corrected.
 *
 * @param fingerprints of what will be in the objects, by the names of their templates
 * @param kept those that somebody changed by hand, and that stay so
 */
record ObjectPlan(StepBuilder steps, Map<String, String> fingerprints, List<ManagedObject> kept) {
  static ObjectPlan of(Blueprint blueprint, Observed observed) {
    var plan = new ObjectPlan(new StepBuilder(), new TreeMap<>(), new ArrayList<>());
    var namespace = new ClusterStep.ApplyNamespace(blueprint.namespaceLabels());
    switch (observed.namespace()) {
      case READY -> {
        // nothing to do
      }
      case OUTDATED -> plan.steps.addRoutine(namespace);
      case ABSENT, UNLABELLED, TERMINATING, FOREIGN -> plan.steps.add(namespace);
    }
    blueprint.contents().forEach(desired -> plan.add(desired, observed));
    return plan;
  }

  private void add(DesiredObject desired, Observed observed) {
    ManagedObject object = desired.object();
    String live = observed.contents().get(object);
    String applied = observed.applied().objects().get(object.name());
    if (live == null) {
      steps.add(new ClusterStep.CreateObject(desired));
    } else if (!live.equals(desired.fingerprint())) {
      if (live.equals(applied)) {
        steps.addRoutine(new ClusterStep.UpdateObject(desired));
      } else if (object.kind().isKept()) {
        keep(object, applied);
        return;
      } else {
        steps.add(new ClusterStep.UpdateObject(desired));
      }
    }
    fingerprints.put(object.name(), desired.fingerprint());
  }

  private void keep(ManagedObject object, String applied) {
    kept.add(object);
    if (applied != null) {
      fingerprints.put(object.name(), applied);
    }
  }
}
