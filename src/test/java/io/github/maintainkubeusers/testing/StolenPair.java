package io.github.maintainkubeusers.testing;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client certificate with its key that was copied out of a home, and that is really used. */
public final class StolenPair implements AutoCloseable {
  private static final int CREATED = 201;

  private final Victim victim;
  private final int number;
  private final String serial;
  private final URI reviews;
  private final HttpClient client;

  /**
   * @param number by which messages tell the pairs of a test apart
   */
  StolenPair(Victim victim, int number) throws IOException, GeneralSecurityException {
    X509Certificate certificate = Certificates.read(victim.certificate());
    PrivateKey key = key(victim);
    checkMatch(certificate, key);
    ControlPlane plane = victim.world().plane();
    this.victim = victim;
    this.number = number;
    this.serial = certificate.getSerialNumber().toString(16);
    this.reviews =
        URI.create(plane.server() + "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
    this.client =
        HttpClient.newBuilder()
            .sslContext(sslContext(certificate, key, Certificates.read(plane.ca().certificate())))
            .build();
  }

  public Victim victim() {
    return victim;
  }

  /** Hexadecimal. */
  public String serial() {
    return serial;
  }

  /** What the pair may do of all that somebody would steal it for. */
  public Set<String> rights() {
    var rights = new TreeSet<String>();
    if (!victim.isAdmin() && may("list", "secrets", victim.namespace(), "")) {
      rights.add("read the Secrets of " + victim.namespace());
    }
    if (may("list", "pods", "", "")) {
      rights.add("read all pods");
    }
    if (may("impersonate", "groups", "", "system:masters")) {
      rights.add("impersonate system:masters");
    }
    return rights;
  }

  /**
   * Whether the pair gives the rights of its account: one question, where {@link #rights} asks all.
   */
  public boolean hasRights() {
    return victim.isAdmin()
        ? may("impersonate", "groups", "", "system:masters")
        : may("list", "secrets", victim.namespace(), "");
  }

  /**
   * @param namespace empty for all namespaces
   */
  private boolean may(String verb, String resource, String namespace, String name) {
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": {
         "resourceAttributes": {"verb": "%s", "resource": "%s", "namespace": "%s", "name": "%s"}}}
        """
            .formatted(verb, resource, namespace, name);
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(reviews)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(review))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != CREATED) {
        throw new IllegalStateException(
            "the API server does not know " + this + ": " + response.body());
      }
      return JsonParser.parseString(response.body())
          .getAsJsonObject()
          .getAsJsonObject("status")
          .get("allowed")
          .getAsBoolean();
    } catch (IOException e) {
      throw new UncheckedIOException("could not use " + this, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  @Override
  public String toString() {
    return "pair " + number + " of " + victim + " (" + serial + ")";
  }

  private static PrivateKey key(Victim victim) throws IOException, GeneralSecurityException {
    String pem = Files.readString(victim.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
  }

  /** Between the writes of the one and the other they do not match. */
  private static void checkMatch(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  private static SSLContext sslContext(
      X509Certificate certificate, PrivateKey key, Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority);
    store.setKeyEntry("own", key, new char[0], new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
