package io.github.maintainkubeusers.plan;

import java.util.Set;

import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Upkeep;

/** One thing to do for an account. The order of an account's steps is the planner's; the record comes last. */
public sealed interface Step {
    /** Make the namespace, or put its labels right. */
    record ApplyNamespace() implements Step {}

    /** Make an object that does not stand. */
    record Create(ManagedObject object) implements Step {}

    /** Give an object that stands the content that it should have. */
    record Update(ManagedObject object) implements Step {}

    /** Make the home and its folders, and see that a kubeconfig in it can be merged into. */
    record PrepareHome() implements Step {}

    /** Let a binding hold exactly these subjects. */
    record Bind(ManagedObject binding, Set<Subject> subjects) implements Step {
        public Bind {
            subjects = Set.copyOf(subjects);
        }
    }

    /** Take away a binding whose template is gone. */
    record Delete(ManagedObject binding) implements Step {}

    /** New key, signing request, checked certificate. */
    record Issue(Generation generation) implements Step {}

    /** Key, certificate and kubeconfig into the home. */
    record WriteHome() implements Step {}

    /** Only the kubeconfig: key and certificate are as they should be. */
    record WriteKubeconfig() implements Step {}

    /** Record the credentials that an earlier controller issued; they stay as they are. */
    record Adopt(Upkeep upkeep) implements Step {}

    /** Let a tool have pods again. */
    record Unblock() implements Step {}

    /** Take away the file that tells that the account is disabled. */
    record MarkEnabled() implements Step {}

    /** Record that the account is back. */
    record RecordReturn(Upkeep upkeep) implements Step {}

    /** Record that its owner waits for new credentials. */
    record DelayRefresh(Upkeep upkeep) implements Step {}

    /** Record what was put in place, when nothing else is to be recorded. */
    record RecordUpkeep(Upkeep upkeep) implements Step {}

    /** Record what was issued: first where it is trusted, then where the owner sees it. */
    record WriteRecord(Generation generation, Generation previous, Upkeep upkeep) implements Step {}

    /** Let the owner see what it should. */
    record WriteMarker(Marker marker) implements Step {}
}
