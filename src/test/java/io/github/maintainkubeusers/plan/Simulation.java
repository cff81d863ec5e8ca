package io.github.maintainkubeusers.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.account.Upkeep;
import io.github.maintainkubeusers.testing.Changed;

/** A cluster that does as it is told: what it holds of an account after steps. */
record Simulation(Instant now) {
    static final Uid UID = new Uid(1001);

    Observed apply(Observed before, List<Step> steps) {
        Observed state = before;
        for (Step step : steps) {
            state = apply(state, step);
        }
        return state;
    }

    Observed depart(Observed before, List<DepartureStep> steps) {
        Observed state = before;
        for (DepartureStep step : steps) {
            state = depart(state, step);
        }
        return state;
    }

    AccountRecord record(Generation generation, Generation previous, Upkeep upkeep) {
        return new AccountRecord(UID, generation, previous, "a".repeat(64),
                Blueprints.AUTHORITIES.signing().orElseThrow(),
                "1f", now.minusSeconds(300), now.plus(Duration.ofDays(365)), now).with(upkeep);
    }

    private Observed apply(Observed state, Step step) {
        return switch (step) {
            case Step.ApplyNamespace _ -> Changed.namespace(state, NamespaceState.READY);
            case Step.Create(var object) -> put(state, object);
            case Step.Update(var object) -> put(state, object);
            case Step.Bind(var object, var subjects) -> Changed.bindings(state,
                    bindings -> bindings.put(object, Blueprints.bound(object, subjects)));
            case Step.Delete(var object) -> Changed.bindings(state,
                    bindings -> bindings.remove(object));
            case Step.PrepareHome _,Step.Issue _,Step.WriteHome _,Step.WriteKubeconfig _,Step.MarkEnabled _ -> state;
            case Step.Unblock _ -> Changed.blocked(state, false);
            case Step.Adopt(var upkeep) ->
                Changed.record(state, record(Generation.ADOPTED, Generation.ADOPTED, upkeep));
            case Step.RecordReturn(var upkeep) -> Changed.record(state,
                    known(state).in(AccountState.ACTIVE, now).with(upkeep));
            case Step.DelayRefresh(var upkeep) -> Changed.record(state, known(state).waiting(true).with(upkeep));
            case Step.RecordUpkeep(var upkeep) -> Changed.record(state, known(state).with(upkeep));
            case Step.WriteRecord(var generation, var previous, var upkeep) -> {
                AccountRecord record = record(generation, previous, upkeep);
                yield Changed.marker(Changed.record(state, record), Optional.of(Marker.of(state.id().kind(), record)));
            }
            case Step.WriteMarker(var marker) -> Changed.marker(state, Optional.of(marker));
        };
    }

    private Observed depart(Observed state, DepartureStep step) {
        return switch (step) {
            case DepartureStep.Withdraw(var object) -> Changed.bindings(state,
                    bindings -> bindings.computeIfPresent(object, (_, bound) -> new Bound(bound.role(), Set.of())));
            case DepartureStep.Block _ -> Changed.blocked(state, true);
            case DepartureStep.DeletePods _,DepartureStep.MarkDisabled _ -> state;
            case DepartureStep.RecordQuarantine _ ->
                Changed.record(state, known(state).in(AccountState.QUARANTINED, now));
            case DepartureStep.Bury(var tombstone) -> Changed.tombstone(state, Optional.of(tombstone));
            case DepartureStep.DeleteBinding(var object) -> Changed.bindings(state,
                    bindings -> bindings.remove(object));
            case DepartureStep.DeleteNamespace _,DepartureStep.DeleteRecord _ ->
                Changed.tombstone(Observed.nothing(state.id()),
                        state.tombstone());
        };
    }

    private static AccountRecord known(Observed state) {
        return state.record().known().orElseThrow();
    }

    private static Observed put(Observed state, ManagedObject object) {
        return Changed.content(state, object, Blueprints.of(state.id()).find(object).orElseThrow().fingerprint());
    }
}
