package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kubeconfig.CurrentContext;
import io.github.maintainkubeusers.kubeconfig.CurrentContext.Content;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains an account's access by what stands in its home.
 *
 * @param files that could be read
 * @param kubeconfig what our context is called, and where else the API server is reached
 */
record HomeExplanation(
    Account account,
    Map<HomeFile, byte[]> files,
    ClusterEndpoint endpoint,
    KubeconfigPolicy kubeconfig) {
  private static final String MEND = "the controller's next look into the home mends it; at once, ";

  Explained explain() {
    var findings = new ArrayList<Finding>();
    Set<HomeFile> expected = expected(account);
    expected.stream()
        .filter(file -> !files.containsKey(file))
        .sorted()
        .forEach(
            file ->
                findings.add(
                    Finding.broken(
                        "there is no " + file, MEND + CredentialStanding.renewal(account.id()))));
    Optional.ofNullable(files.get(HomeFile.KUBECONFIG))
        .ifPresent(bytes -> kubeconfig(bytes, findings));
    return new Explained(
        "files", ".kube/config leads to this cluster, with the pair beside it", findings);
  }

  static Set<HomeFile> expected(Account account) {
    return Set.of(
        HomeFile.KUBECONFIG,
        HomeFile.certificate(account.id().kind()),
        HomeFile.key(account.id().kind()));
  }

  private void kubeconfig(byte[] bytes, List<Finding> findings) {
    CurrentContext context;
    try {
      context = CurrentContext.read(bytes);
    } catch (KubeconfigException e) {
      findings.add(
          Finding.broken(
              HomeFile.KUBECONFIG + " does not work: " + e.getMessage(),
              "correct it, or delete it: the controller then makes it anew"));
      return;
    }
    if (context.server().filter(this::isOfCluster).isEmpty()) {
      findings.add(
          Finding.broken(
              "its current context "
                  + context.name()
                  + " leads to "
                  + context.server().orElse("no server")
                  + ", not to "
                  + endpoint.server(),
              context.name().equals(kubeconfig.name())
                  ? MEND + "delete .kube/config"
                  : "choose this cluster: kubectl config use-context " + kubeconfig.name()));
      return;
    }
    if (!isOurs(context.certificate(), HomeFile.certificate(account.id().kind()))
        || !isOurs(context.key(), HomeFile.key(account.id().kind()))) {
      findings.add(
          Finding.broken(
              "its current context "
                  + context.name()
                  + " uses another certificate or key than the controller keeps fresh",
              "choose ours: kubectl config use-context " + kubeconfig.name()));
    }
    authorities(context, findings);
  }

  private boolean isOfCluster(String server) {
    return server.equals(endpoint.server()) || kubeconfig.servers().containsValue(server);
  }

  private boolean isOurs(Optional<Content> content, HomeFile file) {
    Path home = Path.of(account.home().toString());
    return content
        .filter(
            found ->
                switch (found) {
                  case Content.InFile(String path) ->
                      home.resolve(".kube")
                          .resolve(path)
                          .normalize()
                          .equals(home.resolve(file.toString()));
                  case Content.Inline(byte[] bytes) -> Arrays.equals(bytes, files.get(file));
                })
        .isPresent();
  }

  private void authorities(CurrentContext context, List<Finding> findings) {
    String remedy = MEND + "delete .kube/config";
    if (!context.verifies()) {
      findings.add(
          Finding.broken(
              "insecure-skip-tls-verify: any server that answers in its place gets the"
                  + " credentials",
              remedy));
    } else if (context.authorities().orElse(null) instanceof Content.Inline(byte[] pem)) {
      try {
        var missing = new HashSet<>(CaBundle.parse(endpoint.caBundle()).fingerprints());
        missing.removeAll(CaBundle.parse(pem).fingerprints());
        if (!missing.isEmpty()) {
          findings.add(
              Finding.broken(
                  "its CA bundle lacks "
                      + missing.size()
                      + " of the CAs that clients know the API server by",
                  remedy));
        }
      } catch (CredentialException e) {
        findings.add(Finding.broken("its CA bundle is not usable: " + e.getMessage(), remedy));
      }
    } else {
      findings.add(Finding.broken("its cluster has no certificate-authority-data", remedy));
    }
  }
}
