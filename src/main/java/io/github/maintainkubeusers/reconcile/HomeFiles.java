package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ClientTrust;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.StoredCredentials;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.HomeCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts credentials into homes: which files, and what the kubeconfig says. */
final class HomeFiles {
  /** Parsed, 512 KiB take about 16 MiB. */
  private static final int MOST_BYTES_PARSED = 512 << 10;

  private final Homes homes;
  private final Cluster cluster;
  private final KubeconfigPolicy policy;
  private final ByteBudget parsed = new ByteBudget(MOST_BYTES_PARSED);

  HomeFiles(Homes homes, Cluster cluster, CredentialPolicy policy) {
    this.homes = requireNonNull(homes, "homes is null");
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.policy = policy.kubeconfig();
  }

  /** Before anything is issued: the home must be there, and credentials must fit into it. */
  void prepare(Account account) {
    homes.prepare(account);
  }

  /**
   * Writes key and certificate, then the kubeconfig, which then never names what is not there. A
   * kubeconfig that its owner has made unreadable does not withhold the credentials.
   *
   * @return why the kubeconfig could not be written, if it could not
   */
  Optional<KubeconfigFault> write(Account account, CheckedSigning.Issued issued) {
    List<HomeWrite> credentials =
        List.of(
            new HomeWrite(
                HomeFile.key(account.id().kind()), issued.key().toPem(), Optional.empty()),
            new HomeWrite(
                HomeFile.certificate(account.id().kind()),
                issued.certificate().toPem(),
                Optional.empty()));
    try {
      var all = new ArrayList<>(credentials);
      all.add(
          kubeconfig(
              account, Optional.of(new Pair(issued.certificate().toPem(), issued.key().toPem()))));
      homes.write(account, all);
      return Optional.empty();
    } catch (HomeException e) {
      if (e.fault() != HomeFault.OWNER && e.fault() != HomeFault.CHANGED) {
        throw e;
      }
      homes.write(account, credentials);
      return Optional.of(new KubeconfigFault(e, advice(account, e)));
    }
  }

  boolean isMarkedDisabled(Account account) {
    return homes.isMarkedDisabled(account);
  }

  void markDisabled(Account account, boolean disabled) {
    homes.markDisabled(account, disabled);
  }

  void writeKubeconfig(Account account) {
    homes.write(account, List.of(kubeconfig(account, embeddable(account))));
  }

  /** What the owner of a kubeconfig that could not be written is told. */
  String advice(Account account, HomeException fault) {
    KubeconfigEntry entry = entries(account.id(), Optional.empty()).getFirst();
    return fault.getMessage()
        + ". Or use your own: user "
        + entry.userName()
        + " has client-certificate "
        + account.home()
        + "/"
        + HomeFile.certificate(account.id().kind())
        + " and client-key "
        + account.home()
        + "/"
        + HomeFile.key(account.id().kind())
        + "; the cluster's server is "
        + entry.server();
  }

  /** A look at what was written, which its owner may have lost or damaged since. */
  HomeLook inspect(Account account, Credential credential) {
    Map<HomeFile, byte[]> files = readCredentials(account);
    byte[] certificate = files.get(HomeFile.certificate(account.id().kind()));
    byte[] key = files.get(HomeFile.key(account.id().kind()));
    if (certificate == null
        || key == null
        || !StoredCredentials.fit(certificate, key, credential.certificate())) {
      return new HomeLook(
          HomeCondition.CREDENTIALS_DAMAGED, newer(account.id(), certificate, credential));
    }
    try {
      return HomeLook.of(
          isKubeconfigCurrent(account) ? HomeCondition.INTACT : HomeCondition.KUBECONFIG_OUTDATED);
    } catch (HomeException e) {
      if (e.fault() == HomeFault.OWNER) {
        return HomeLook.of(HomeCondition.KUBECONFIG_OUTDATED);
      }
      throw e;
    }
  }

  /**
   * The credentials in the home, when the cluster's CA signed them for this account after the
   * recorded ones.
   */
  private Optional<CredentialId> newer(AccountId id, byte[] certificate, Credential recorded) {
    if (certificate == null) {
      return Optional.empty();
    }
    try {
      return StoredCredentials.organizations(
              certificate, id.name().value(), CaBundle.parse(cluster.endpoint().clientCas()))
          .stream()
          .flatMap(group -> CredentialId.ofGroup(id, group).stream())
          .filter(
              found ->
                  recorded.id().equals(CredentialId.LEGACY) || found.compareTo(recorded.id()) > 0)
          .findFirst();
    } catch (CredentialException | ClusterException _) {
      return Optional.empty();
    }
  }

  /** Whether the kubeconfig says what it should. Fails when it cannot be read. */
  boolean isKubeconfigCurrent(Account account) {
    Optional<byte[]> kubeconfig = readKubeconfig(account);
    return kubeconfig
        .filter(bytes -> Arrays.equals(bytes, merged(account, kubeconfig, embeddable(account))))
        .isPresent();
  }

  /**
   * The credentials that an earlier controller put into the home.
   *
   * @throws CredentialException when they are missing or not valid
   */
  IssuedCertificate adopt(Account account, SubjectName subject, ClientTrust trust, Instant now) {
    HomeFile certificate = HomeFile.certificate(account.id().kind());
    HomeFile key = HomeFile.key(account.id().kind());
    Map<HomeFile, byte[]> files = homes.read(account, Set.of(certificate, key));
    if (files.size() < 2) {
      throw new CredentialException(
          "could not take over the credentials of "
              + account
              + ": "
              + account.home()
              + " has no "
              + certificate
              + " or no "
              + key);
    }
    return IssuedCertificate.adopt(files.get(certificate), files.get(key), subject, trust, now);
  }

  /** Nothing when something else stands in their place, which will be replaced. */
  private Map<HomeFile, byte[]> readCredentials(Account account) {
    try {
      return homes.read(
          account,
          Set.of(HomeFile.certificate(account.id().kind()), HomeFile.key(account.id().kind())));
    } catch (HomeException e) {
      if (e.fault() == HomeFault.OWNER) {
        return Map.of();
      }
      throw e;
    }
  }

  /** The pair in the home, where kubeconfigs hold it; its owner may have changed it. */
  private Optional<Pair> embeddable(Account account) {
    if (!policy.embedCredentials()) {
      return Optional.empty();
    }
    Map<HomeFile, byte[]> files = readCredentials(account);
    if (files.size() < 2) {
      throw new HomeException(
          HomeFault.OWNER,
          "could not embed the credentials of "
              + account
              + ": "
              + account.home()
              + " has no certificate or no key; the next look into the home replaces them");
    }
    return Optional.of(
        new Pair(
            files.get(HomeFile.certificate(account.id().kind())),
            files.get(HomeFile.key(account.id().kind()))));
  }

  private HomeWrite kubeconfig(Account account, Optional<Pair> pair) {
    Optional<byte[]> existing = readKubeconfig(account);
    return new HomeWrite(
        HomeFile.KUBECONFIG, merged(account, existing, pair), Optional.of(existing));
  }

  private Optional<byte[]> readKubeconfig(Account account) {
    return Optional.ofNullable(
        homes.read(account, Set.of(HomeFile.KUBECONFIG)).get(HomeFile.KUBECONFIG));
  }

  private byte[] merged(Account account, Optional<byte[]> existing, Optional<Pair> pair) {
    List<KubeconfigEntry> entries = entries(account.id(), pair);
    try {
      byte[] start = existing.orElseGet(() -> Kubeconfig.create(entries.getFirst()));
      return parsed.spend(
          start.length,
          () -> {
            byte[] merged = start;
            for (KubeconfigEntry entry : entries) {
              merged = Kubeconfig.merge(merged, entry);
            }
            return merged;
          });
    } catch (KubeconfigException e) {
      throw new HomeException(
          HomeFault.OWNER,
          "could not merge into "
              + account.home()
              + "/"
              + HomeFile.KUBECONFIG
              + " of "
              + account
              + ": "
              + e.getMessage()
              + "; it was left as it is: correct it or delete it",
          e);
    }
  }

  /** One for each address of the API server. */
  private List<KubeconfigEntry> entries(AccountId id, Optional<Pair> pair) {
    ClusterEndpoint endpoint = cluster.endpoint();
    var entries = new ArrayList<KubeconfigEntry>();
    entries.add(entry(id, policy.name(), endpoint.server(), endpoint.caBundle(), pair));
    policy
        .servers()
        .forEach(
            (name, server) ->
                entries.add(
                    entry(id, policy.name() + "-" + name, server, endpoint.caBundle(), pair)));
    return entries;
  }

  private KubeconfigEntry entry(
      AccountId id, String name, String server, byte[] caBundle, Optional<Pair> pair) {
    Optional<String> namespace =
        id.kind() == AccountKind.TOOL ? Optional.of("tool-" + id.name()) : Optional.empty();
    return new KubeconfigEntry(
        name,
        name,
        "tf-" + id.name(),
        server,
        caBundle,
        namespace,
        "../" + HomeFile.certificate(id.kind()),
        "../" + HomeFile.key(id.kind()),
        pair.filter(_ -> policy.embedCredentials()),
        policy.tlsServerName(),
        policy.proxyUrl());
  }
}
