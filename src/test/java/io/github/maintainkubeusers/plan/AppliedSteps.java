package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a cluster that does as it is told holds of an account after steps. */
record AppliedSteps(Instant now) {
  static final Uid UID = new Uid(1001);

  Observed apply(Observed before, List<Step> steps) {
    Observed state = before;
    Optional<Credential> credential = Optional.empty();
    for (Step step : steps) {
      switch (step) {
        case ClusterStep write -> state = apply(state, write);
        case CredentialStep.Issue(CredentialId id) -> credential = Optional.of(credential(id));
        case CredentialStep.Adopt() -> credential = Optional.of(credential(CredentialId.LEGACY));
        case CredentialStep.RecordCredentials(RecordDraft draft) ->
            state = recorded(state, draft.complete(credential.orElseThrow(), now, true));
        case HomeStep _ -> {
          // nothing of it is in the cluster
        }
      }
    }
    return state;
  }

  private Credential credential(CredentialId id) {
    return new Credential(
        id,
        0,
        "a".repeat(64),
        Blueprints.CAS.signing().orElseThrow(),
        "1f",
        now.minusSeconds(300),
        now.plus(Duration.ofDays(365)));
  }

  private static Observed recorded(Observed state, AccountRecord record) {
    Credential credential = record.credential().orElseThrow();
    Observed known = Changed.record(state, new RecordState.Known(record));
    return credential.id().equals(CredentialId.LEGACY)
        ? known
        : Changed.status(
            known,
            Optional.of(CredentialStatus.of(state.id().kind(), credential, Optional.empty())));
  }

  private static Observed apply(Observed state, ClusterStep step) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _ -> Changed.namespace(state, NamespaceState.READY);
      case ClusterStep.CreateObject(var object) -> put(state, object);
      case ClusterStep.UpdateObject(var object) -> put(state, object);
      case ClusterStep.SetSubjects(var binding, var subjects) ->
          Changed.bindings(
              state,
              bindings ->
                  bindings.put(
                      binding.object(), new ObservedBinding(binding.fingerprint(), subjects)));
      case ClusterStep.RemoveSubjects(var object, var remaining) ->
          Changed.bindings(
              state,
              bindings ->
                  bindings.computeIfPresent(
                      object, (_, bound) -> new ObservedBinding(bound.role(), remaining)));
      case ClusterStep.DeleteBinding(var object) ->
          Changed.bindings(state, bindings -> bindings.remove(object));
      case ClusterStep.Suspend() -> Changed.suspended(state, true);
      case ClusterStep.Resume() -> Changed.suspended(state, false);
      case ClusterStep.DeletePods() -> state;
      case ClusterStep.WriteRecord(var record, var status) -> {
        Observed known = Changed.record(state, new RecordState.Known(record));
        yield status.isPresent() ? Changed.status(known, status) : known;
      }
      case ClusterStep.WriteStatus(var status) -> Changed.status(state, Optional.of(status));
      case ClusterStep.Bury(var tombstone) -> Changed.tombstone(state, Optional.of(tombstone));
      case ClusterStep.Remove() ->
          Changed.tombstone(Observed.nothing(state.id()), state.tombstone());
    };
  }

  private static Observed put(Observed state, DesiredObject object) {
    return Changed.content(state, object.object(), object.fingerprint());
  }
}
