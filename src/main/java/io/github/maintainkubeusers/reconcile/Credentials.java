package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ClientKey;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.SigningRequest;
import io.github.maintainkubeusers.credential.SubjectName;

/** Obtains keys and certificates that belong together. */
final class Credentials {
    private final Cluster cluster;
    private final CredentialPolicy policy;
    private final SecureRandom random;
    private final InstantSource clock;

    record Issued(ClientKey key, IssuedCertificate certificate) {}

    Credentials(Cluster cluster, CredentialPolicy policy, SecureRandom random, InstantSource clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.random = requireNonNull(random, "random is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What an earlier controller issued, as the account's home has it. */
    IssuedCertificate adopt(Account account, HomeFiles homeFiles) {
        return homeFiles.adopt(account, policy.subjectWithoutGeneration(account.id()), clock.instant());
    }

    Issued issue(AccountId id, Generation generation) {
        return issue(id.toString(), policy.subject(id, generation));
    }

    /**
     * Has a certificate signed that gives nobody anything, to see which authority signs.
     *
     * @return SHA-256 of the authority's certificate
     */
    String probe() {
        return issue("probe", CredentialPolicy.ofProbe()).certificate().issuerFingerprint();
    }

    private Issued issue(String owner, SubjectName subject) {
        CaBundle authorities = CaBundle.parse(cluster.access().caBundle());
        ClientKey key = ClientKey.generate(policy.keyAlgorithm(), random);
        byte[] certificate = cluster.sign(owner, SigningRequest.create(key, subject));
        try {
            return new Issued(key, IssuedCertificate.check(certificate, key, subject, authorities, clock.instant()));
        } catch (CredentialException e) {
            throw new CredentialException(e.getMessage() + " (" + owner + ")", e);
        }
    }
}
