package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import java.util.Map;
import java.util.TreeSet;

/**
 * Explains the Secret of a service.
 *
 * @param content by key; empty when there is no such Secret
 */
record SecretExplanation(Service service, Map<String, byte[]> content) {
  private static final String WRITE =
      "see that the controller runs and leads, and what maintain-kubeusers plan says of it: its"
          + " next pass writes the Secret anew";

  Explained explain() {
    String what = "secret";
    if (content.isEmpty()) {
      return Explained.broken(
          what, "there is no Secret " + service.secret() + ", or nothing in it", WRITE);
    }
    var missing = new TreeSet<>(service.format().keys());
    missing.removeAll(content.keySet());
    if (!missing.isEmpty() || CredentialFiles.pair(content).isEmpty()) {
      return Explained.broken(
          what,
          "Secret "
              + service.secret()
              + " is not as the controller wrote it: "
              + (missing.isEmpty()
                  ? "it holds no certificate with a key"
                  : "it has no " + String.join(", ", missing)),
          WRITE);
    }
    return Explained.well(
        what,
        "Secret "
            + service.secret()
            + " has "
            + String.join(", ", new TreeSet<>(content.keySet())));
  }
}
