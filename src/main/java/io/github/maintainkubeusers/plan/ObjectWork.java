package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be done about an account's namespace and the objects in it that give no rights.
 *
 * <p>What was last put into an object is remembered. That tells a template that has changed, which is rolled out, from
 * an object that somebody has changed by hand: a quota or limit then is an admin's and stays; anything else is put
 * right.
 *
 * @param fingerprints of what will be in the objects, by the names of their templates
 * @param kept those that somebody changed by hand, and that stay so
 */
record ObjectWork(StepList steps, Map<String, String> fingerprints, List<ManagedObject> kept) {
    static ObjectWork of(Blueprint blueprint, Observed observed) {
        var work = new ObjectWork(new StepList(), new TreeMap<>(), new ArrayList<>());
        switch (observed.namespace()) {
            case READY -> {
                // nothing to do
            }
            case OUTDATED -> work.steps.addRoutine(new Step.ApplyNamespace());
            case ABSENT, UNLABELLED, TERMINATING, FOREIGN -> work.steps.add(new Step.ApplyNamespace());
        }
        blueprint.contents().forEach(desired -> work.add(desired, observed));
        return work;
    }

    private void add(DesiredObject desired, Observed observed) {
        ManagedObject object = desired.object();
        String live = observed.contents().get(object);
        String applied = observed.upkeep().objects().get(object.name());
        if (live == null) {
            steps.add(new Step.Create(object));
        } else if (!live.equals(desired.fingerprint())) {
            if (live.equals(applied)) {
                steps.addRoutine(new Step.Update(object));
            } else if (object.kind().isKept()) {
                keep(object, applied);
                return;
            } else {
                steps.add(new Step.Update(object));
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
