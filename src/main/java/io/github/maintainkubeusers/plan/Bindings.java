package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps by which bindings come to give rights to the credentials that have them, and to nobody else. */
final class Bindings {
    private Bindings() {}

    /** Takes out whoever has no rights. Comes first in every plan, so that nothing can delay it. */
    static List<Step> restrict(Observed observed, Set<Subject> entitled) {
        var steps = new ArrayList<Step>();
        observed.bindings().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Set<Subject> subjects = entry.getValue().subjects();
            if (!entitled.containsAll(subjects)) {
                steps.add(new ClusterStep.RemoveSubjects(entry.getKey(), remaining(subjects, entitled)));
            }
        });
        return steps;
    }

    /** Adds whoever is missing, corrects roles, and deletes what no template makes. Comes after {@link #restrict}. */
    static List<Step> complete(Blueprint blueprint, Observed observed, Set<Subject> entitled, Set<Subject> wanted) {
        var steps = new ArrayList<Step>();
        observed.bindings().keySet().stream().filter(object -> !blueprint.hasBinding(object)).sorted()
                .forEach(object -> steps.add(new ClusterStep.DeleteBinding(object)));
        for (DesiredObject desired : blueprint.bindings()) {
            ObservedBinding bound = observed.bindings().get(desired.object());
            if (bound == null || !new ObservedBinding(bound.role(), remaining(bound.subjects(), entitled))
                    .gives(desired.fingerprint(), wanted)) {
                steps.add(new ClusterStep.SetSubjects(desired, wanted));
            }
        }
        return steps;
    }

    private static Set<Subject> remaining(Set<Subject> subjects, Set<Subject> entitled) {
        var remaining = new HashSet<>(subjects);
        remaining.retainAll(entitled);
        return remaining;
    }
}
