package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterAccess;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.StoredCredentials;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.HomeCondition;

/** Puts credentials into homes: which files, and what the kubeconfig says. */
final class HomeFiles {
    private final Homes homes;
    private final Cluster cluster;
    private final String kubeconfigName;

    HomeFiles(Homes homes, Cluster cluster, CredentialPolicy policy) {
        this.homes = requireNonNull(homes, "homes is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.kubeconfigName = policy.kubeconfigName();
    }

    /** Before anything is issued: the home must be there, and a kubeconfig in it must be one that can be merged into. */
    void prepare(Account account) {
        homes.prepare(account);
        Object _ = merged(account, readKubeconfig(account));
    }

    /** Key and certificate first, so that a kubeconfig never names what is not there. */
    void write(Account account, Credentials.Issued issued) {
        Optional<byte[]> existing = readKubeconfig(account);
        homes.write(account,
                List.of(new HomeWrite(keyFile(account.id()), issued.key().toPem(), Optional.empty()),
                        new HomeWrite(certificateFile(account.id()), issued.certificate().toPem(), Optional.empty()),
                        new HomeWrite(HomeFile.KUBECONFIG, merged(account, existing), Optional.of(existing))));
    }

    void markDisabled(Account account, boolean disabled) {
        homes.markDisabled(account, disabled);
    }

    void writeKubeconfig(Account account) {
        Optional<byte[]> existing = readKubeconfig(account);
        homes.write(account,
                List.of(new HomeWrite(HomeFile.KUBECONFIG, merged(account, existing), Optional.of(existing))));
    }

    /** A look at what was written, which its owner may have lost or damaged since. */
    HomeCondition inspect(Account account, AccountRecord record) {
        if (!holds(account, record)) {
            return HomeCondition.CREDENTIALS_DAMAGED;
        }
        return isKubeconfigCurrent(account) ? HomeCondition.WELL : HomeCondition.KUBECONFIG_OUTDATED;
    }

    /** Whether the kubeconfig says what it should. Fails when it cannot be read. */
    boolean isKubeconfigCurrent(Account account) {
        Optional<byte[]> kubeconfig = readKubeconfig(account);
        return kubeconfig.filter(bytes -> Arrays.equals(bytes, merged(account, kubeconfig))).isPresent();
    }

    /**
     * The credentials that an earlier controller put into the home.
     *
     * @throws CredentialException when they are missing or not valid
     */
    IssuedCertificate adopt(Account account, SubjectName subject, Instant now) {
        HomeFile certificate = certificateFile(account.id());
        HomeFile key = keyFile(account.id());
        Map<HomeFile, byte[]> files = homes.read(account, Set.of(certificate, key));
        if (files.size() < 2) {
            throw new CredentialException("could not take over the credentials of " + account + ": " + account.home()
                    + " has no " + certificate + " or no " + key);
        }
        return IssuedCertificate.adopt(files.get(certificate), files.get(key), subject,
                CaBundle.parse(cluster.access().caBundle()), now);
    }

    private boolean holds(Account account, AccountRecord record) {
        HomeFile certificate = certificateFile(account.id());
        HomeFile key = keyFile(account.id());
        try {
            Map<HomeFile, byte[]> files = homes.read(account, Set.of(certificate, key));
            return files.size() == 2
                    && StoredCredentials.fit(files.get(certificate), files.get(key), record.certificate());
        } catch (HomeException e) {
            if (e.fault() == HomeFault.OWNER) {
                return false; // something else stands in their place, and will be replaced
            }
            throw e;
        }
    }

    private Optional<byte[]> readKubeconfig(Account account) {
        return Optional.ofNullable(homes.read(account, Set.of(HomeFile.KUBECONFIG)).get(HomeFile.KUBECONFIG));
    }

    private byte[] merged(Account account, Optional<byte[]> existing) {
        KubeconfigEntry entry = entry(account.id());
        try {
            return existing.map(bytes -> Kubeconfig.merge(bytes, entry)).orElseGet(() -> Kubeconfig.create(entry));
        } catch (KubeconfigException e) {
            throw new HomeException(
                    "could not merge into " + account.home() + "/" + HomeFile.KUBECONFIG + " of " + account
                            + ": " + e.getMessage() + "; it was left as it is: correct it or delete it",
                    e);
        }
    }

    private KubeconfigEntry entry(AccountId id) {
        ClusterAccess access = cluster.access();
        Optional<String> namespace = id.kind() == AccountKind.TOOL
                ? Optional.of("tool-" + id.name())
                : Optional.empty();
        return new KubeconfigEntry(kubeconfigName, kubeconfigName, "tf-" + id.name(), access.server(),
                access.caBundle(),
                namespace, "../" + certificateFile(id), "../" + keyFile(id));
    }

    private static HomeFile certificateFile(AccountId id) {
        return switch (id.kind()) {
            case TOOL -> HomeFile.TOOL_CERTIFICATE;
            case ADMIN -> HomeFile.ADMIN_CERTIFICATE;
        };
    }

    private static HomeFile keyFile(AccountId id) {
        return switch (id.kind()) {
            case TOOL -> HomeFile.TOOL_KEY;
            case ADMIN -> HomeFile.ADMIN_KEY;
        };
    }
}
