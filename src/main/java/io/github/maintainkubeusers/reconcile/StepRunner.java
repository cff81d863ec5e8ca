package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.Departure;
import io.github.maintainkubeusers.plan.DepartureStep;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the steps of one account, in their order; the first that fails ends it. */
final class StepRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final Cluster cluster;
    private final Credentials credentials;
    private final HomeFiles homeFiles;
    private final InstantSource clock;

    StepRunner(Cluster cluster, Credentials credentials, HomeFiles homeFiles, InstantSource clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.homeFiles = requireNonNull(homeFiles, "homeFiles is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    void run(Account account, List<Step> steps) {
        Optional<Credentials.Issued> issued = Optional.empty();
        for (Step step : steps) {
            switch (step) {
                case Step.ApplyNamespace() -> cluster.applyNamespace(account.id());
                case Step.Create(var object) -> cluster.put(object, account.id());
                case Step.Update(var object) -> cluster.put(object, account.id());
                case Step.PrepareHome() -> homeFiles.prepare(account);
                case Step.Bind(var binding, var subjects) -> cluster.bind(binding, account.id(), subjects);
                case Step.Delete(var binding) -> cluster.deleteBinding(binding, account.id());
                case Step.Issue(var generation) -> issued = Optional.of(credentials.issue(account.id(), generation));
                case Step.WriteHome() -> writeHome(account, issued.orElseThrow());
                case Step.WriteKubeconfig() -> homeFiles.writeKubeconfig(account);
                case Step.Adopt(var upkeep) -> cluster.recordState(account.id(), record(account, Generation.ADOPTED,
                        Generation.ADOPTED, credentials.adopt(account, homeFiles)).with(upkeep));
                case Step.Unblock() -> cluster.unblock(account.id());
                case Step.MarkEnabled() -> homeFiles.markDisabled(account, false);
                case Step.RecordReturn(var upkeep) -> rerecord(account.id(),
                        known -> known.in(AccountState.ACTIVE, now()).with(upkeep));
                case Step.DelayRefresh(var upkeep) -> rerecord(account.id(),
                        known -> known.waiting(true).with(upkeep));
                case Step.RecordUpkeep(var upkeep) -> rerecord(account.id(), known -> known.with(upkeep));
                case Step.WriteRecord(var generation, var previous, var upkeep) -> {
                    AccountRecord record = record(account, generation, previous, issued.orElseThrow().certificate())
                            .with(upkeep);
                    cluster.record(account.id(), record, Marker.of(account.id().kind(), record));
                }
                case Step.WriteMarker(var marker) -> cluster.mark(account.id(), marker);
            }
        }
    }

    /** Whether an earlier controller has left valid credentials in the home, and a kubeconfig that says what it should. */
    HomeCondition inspectForeign(Account account) {
        try {
            Object _ = credentials.adopt(account, homeFiles);
        } catch (CredentialException e) {
            LOG.debug("{}: cannot be taken over as it is", account, e);
            return HomeCondition.CREDENTIALS_DAMAGED;
        }
        try {
            return homeFiles.isKubeconfigCurrent(account) ? HomeCondition.WELL : HomeCondition.KUBECONFIG_OUTDATED;
        } catch (HomeException e) {
            LOG.debug("{}: taken over without its kubeconfig", account, e);
            return HomeCondition.KUBECONFIG_OUTDATED;
        }
    }

    /** Does the steps of a departure, likewise. */
    void run(Departure departure, List<DepartureStep> steps) {
        AccountId id = departure.id();
        for (DepartureStep step : steps) {
            switch (step) {
                case DepartureStep.Withdraw(var binding) -> cluster.bind(binding, id, Set.of());
                case DepartureStep.Block() -> cluster.block(id);
                case DepartureStep.DeletePods() -> cluster.deletePods(id);
                case DepartureStep.MarkDisabled() -> homeFiles.markDisabled(departure.account().orElseThrow(), true);
                case DepartureStep.RecordQuarantine() -> rerecord(id,
                        known -> known.in(AccountState.QUARANTINED, now()));
                case DepartureStep.Bury(var tombstone) -> cluster.bury(id, tombstone);
                case DepartureStep.DeleteBinding(var binding) -> cluster.deleteBinding(binding, id);
                case DepartureStep.DeleteNamespace(),DepartureStep.DeleteRecord() -> cluster.delete(id);
            }
        }
    }

    private void rerecord(AccountId id, UnaryOperator<AccountRecord> change) {
        cluster.recordState(id, change.apply(cluster.observe(id).record().known().orElseThrow()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void writeHome(Account account, Credentials.Issued issued) {
        try {
            homeFiles.write(account, issued);
        } catch (HomeException e) {
            throw new CostlyHomeException(e);
        }
    }

    private AccountRecord record(Account account, Generation generation, Generation previous,
            IssuedCertificate certificate) {
        return new AccountRecord(account.uid(), generation, previous, certificate.fingerprint(),
                certificate.issuerFingerprint(), certificate.serial(), certificate.notBefore(), certificate.notAfter(),
                now());
    }
}
