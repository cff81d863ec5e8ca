package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.Step;

/** Does the steps of one account, in their order; the first that fails ends it. */
final class StepRunner {
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
                case Step.WriteRecord(var generation, var previous) ->
                    cluster.record(account.id(),
                            record(account, generation, previous, issued.orElseThrow().certificate()));
            }
        }
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
