package io.github.maintainkubeusers.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.credential.ClientKey;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.SigningRequest;
import io.github.maintainkubeusers.credential.SubjectName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;

/**
 * Certificates as fast as API server and signer give them: create, approve, and one watch for all
 * that wait.
 */
final class Signer implements AutoCloseable {
  private static final String COLLECTION =
      "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final long LONGEST_SECONDS = 120;

  private final Api api;
  private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final String request =
      Base64.getEncoder()
          .encodeToString(
              SigningRequest.create(
                  ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom()),
                  new SubjectName("bench", List.of("toolforge"))));
  private final Response watch;

  Signer(Api api) throws IOException {
    this.api = api;
    String version =
        api.get(COLLECTION).getAsJsonObject("metadata").get("resourceVersion").getAsString();
    this.watch =
        api.stream(
            COLLECTION + "?watch=true&labelSelector=bench%3Dtrue&resourceVersion=" + version);
    var _ = Thread.ofVirtual().start(this::follow);
  }

  /**
   * @return the name of the request that was created, approved and signed
   */
  String sign() {
    String name = "bench-" + UUID.randomUUID();
    String _ = await(submit(name));
    return name;
  }

  void delete(String name) {
    api.delete(COLLECTION + "/" + name);
  }

  private CompletableFuture<String> submit(String name) {
    var certificate = new CompletableFuture<String>();
    waiting.put(name, certificate);
    JsonObject submitted = api.post(COLLECTION, request(name));
    var conditions = new JsonArray();
    conditions.add(
        JsonParser.parseString(
            """
            {"type": "Approved", "status": "True", "reason": "Bench", "message": "measured"}\
            """));
    var status = new JsonObject();
    status.add("conditions", conditions);
    submitted.add("status", status);
    JsonObject _ = api.put(COLLECTION + "/" + name + "/approval", submitted);
    return certificate;
  }

  private static String await(CompletableFuture<String> certificate) {
    try {
      return certificate.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("there came no certificate", e);
    }
  }

  private JsonObject request(String name) {
    return JsonParser.parseString(
            """
            {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
             "metadata": {"name": "%s", "labels": {"bench": "true"}},
             "spec": {"signerName": "kubernetes.io/kube-apiserver-client", "request": "%s",
              "usages": ["digital signature", "key encipherment", "client auth"]}}
            """
                .formatted(name, request))
        .getAsJsonObject();
  }

  private void follow() {
    try (var lines = new BufferedReader(watch.body().charStream())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(JsonParser.parseString(line).getAsJsonObject().getAsJsonObject("object"));
      }
    } catch (IOException e) {
      waiting.values().forEach(one -> one.completeExceptionally(e));
    }
  }

  private void take(JsonObject object) {
    JsonElement status = object.get("status");
    if (status instanceof JsonObject fields && fields.has("certificate")) {
      var certificate =
          waiting.remove(object.getAsJsonObject("metadata").get("name").getAsString());
      if (certificate != null) {
        certificate.complete(
            new String(
                Base64.getDecoder().decode(fields.get("certificate").getAsString()),
                StandardCharsets.US_ASCII));
      }
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
