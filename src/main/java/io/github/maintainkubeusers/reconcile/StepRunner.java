package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                case Step.Create(var object) -> cluster.create(object, account.id());
                case Step.PrepareHome() -> homeFiles.prepare(account);
                case Step.Bind(var binding, var subjects) -> cluster.bind(binding, account.id(), subjects);
                case Step.Issue(var generation) -> issued = Optional.of(credentials.issue(account.id(), generation));
                case Step.WriteHome() -> writeHome(account, issued.orElseThrow());
                case Step.WriteKubeconfig() -> homeFiles.writeKubeconfig(account);
                case Step.Adopt() -> cluster.recordState(account.id(), record(account, Generation.ADOPTED,
                        Generation.ADOPTED, credentials.adopt(account, homeFiles)));
                case Step.Unblock() -> cluster.unblock(account.id());
                case Step.MarkEnabled() -> homeFiles.markDisabled(account, false);
                case Step.RecordReturn() -> recordState(account.id(), AccountState.ACTIVE);
                case Step.WriteRecord(var generation, var previous) ->
                    cluster.record(account.id(),
                            record(account, generation, previous, issued.orElseThrow().certificate()));
            }
        }
    }

    /** Whether there are valid credentials of an earlier controller in the home. A home that cannot be read fails. */
    boolean canAdopt(Account account) {
        try {
            return credentials.adopt(account, homeFiles) != null;
        } catch (CredentialException e) {
            LOG.debug("{}: cannot be taken over as it is", account, e);
            return false;
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
                case DepartureStep.RecordQuarantine() -> recordState(id, AccountState.QUARANTINED);
                case DepartureStep.Bury(var tombstone) -> cluster.bury(id, tombstone);
                case DepartureStep.DeleteBinding(var binding) -> cluster.deleteBinding(binding, id);
                case DepartureStep.DeleteNamespace(),DepartureStep.DeleteRecord() -> cluster.delete(id);
            }
        }
    }

    private void recordState(AccountId id, AccountState state) {
        AccountRecord record = cluster.observe(id).record().known().orElseThrow();
        cluster.recordState(id, record.in(state, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    private void writeHome(Account account, Credentials.Issued issued) {
        try {
            homeFiles.write(account, issued);
        } catch (HomeException e) {
            throw new WastedCertificateException(e);
        }
    }

    private AccountRecord record(Account account, Generation generation, Generation previous,
            IssuedCertificate certificate) {
        return new AccountRecord(account.uid(), generation, previous, certificate.fingerprint(),
                certificate.issuerFingerprint(), certificate.serial(), certificate.notBefore(), certificate.notAfter(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }
}
