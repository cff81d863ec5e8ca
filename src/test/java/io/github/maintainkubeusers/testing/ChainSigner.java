package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;

/** A signer as others make them: it answers with a certificate and the intermediates above it. */
public final class ChainSigner implements AutoCloseable {
  public static final String NAME = "example.org/tools";
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ControlPlane plane;
  private final Authority signing;
  private final String above;
  private final Thread thread;
  private volatile boolean ended;

  private ChainSigner(ControlPlane plane, Authority signing, Authority... above) {
    this.plane = plane;
    this.signing = signing;
    this.above = Stream.of(above).map(Authority::pem).collect(joining());
    this.thread = Thread.ofPlatform().name("chain-signer").start(this::work);
  }

  /**
   * Lets the controller approve for it, and signs until it is closed.
   *
   * @param above whose certificates follow that of the client
   */
  public static ChainSigner start(ControlPlane plane, Authority signing, Authority... above) {
    plane
        .kubectl()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: chain-signer}
            rules:
            - apiGroups: [certificates.k8s.io]
              resources: [signers]
              resourceNames: ["%s"]
              verbs: [approve]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: chain-signer}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: chain-signer}
            subjects:
            - {kind: ServiceAccount, name: maintain-kubeusers, namespace: maintain-kubeusers}
            """
                .formatted(NAME));
    return new ChainSigner(plane, signing, above);
  }

  private void work() {
    while (!ended) {
      Kubectl.Result list = plane.kubectl().run("get", "--raw", REQUESTS);
      if (list.succeeded()) {
        JsonParser.parseString(list.output())
            .getAsJsonObject()
            .getAsJsonArray("items")
            .asList()
            .stream()
            .map(JsonElement::getAsJsonObject)
            .filter(ChainSigner::isApproved)
            .forEach(this::sign);
      }
      Waiting.pause(PAUSE);
    }
  }

  private static boolean isApproved(JsonObject request) {
    JsonObject status = request.getAsJsonObject("status");
    return request.getAsJsonObject("spec").get("signerName").getAsString().equals(NAME)
        && status.has("conditions")
        && !status.has("certificate");
  }

  /** One that is gone meanwhile needs no signature. */
  private void sign(JsonObject request) {
    String pem = request.getAsJsonObject("spec").get("request").getAsString();
    String chain = signing.sign(Base64.getDecoder().decode(pem)) + above;
    request
        .getAsJsonObject("status")
        .addProperty(
            "certificate",
            Base64.getEncoder().encodeToString(chain.getBytes(StandardCharsets.US_ASCII)));
    String name = request.getAsJsonObject("metadata").get("name").getAsString();
    try {
      Path file = Files.writeString(plane.folder().resolve("signed.json"), request.toString());
      Kubectl.Result _ =
          plane
              .kubectl()
              .run("replace", "--raw", REQUESTS + "/" + name + "/status", "-f", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
