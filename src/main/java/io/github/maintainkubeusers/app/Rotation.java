package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.cluster.CertificateSecrets;
import io.github.maintainkubeusers.kube.ClusterException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for new credentials of services, and tells of each answer. */
record Rotation(CertificateSecrets secrets, PrintWriter out) {
  private static final Duration LOOK = Duration.ofMillis(250);

  /**
   * Asks for all, one after the other.
   *
   * @param pause between two
   * @return what each Secret said before
   */
  Map<Service, Optional<String>> request(List<Service> services, Duration pause) {
    var asked = new LinkedHashMap<Service, Optional<String>>();
    for (Service service : services) {
      if (!asked.isEmpty()) {
        sleep(pause);
      }
      asked.put(service, secrets.requestRotation(service.secret()));
    }
    return asked;
  }

  /** Whether all were answered in time. */
  boolean await(Map<Service, Optional<String>> asked, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean well = true;
    for (var request : asked.entrySet()) {
      Optional<String> answer = answer(request.getKey(), request.getValue());
      while (answer.isEmpty() && System.nanoTime() - end < 0) {
        sleep(LOOK);
        answer = answer(request.getKey(), request.getValue());
      }
      well &= answer.isPresent();
      out.println(
          request.getKey().name()
              + ": "
              + answer
                  .map(said -> "rotated " + said)
                  .orElse("not answered yet; the request stands"));
      out.flush();
    }
    return well;
  }

  /** A Secret that is replaced by another of a new type is gone for a moment. */
  private Optional<String> answer(Service service, Optional<String> before) {
    try {
      return secrets.rotated(service.secret()).filter(said -> !before.equals(Optional.of(said)));
    } catch (ClusterException e) {
      if (e.reason() == ClusterException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted; the requests that were made stand", e);
    }
  }
}
