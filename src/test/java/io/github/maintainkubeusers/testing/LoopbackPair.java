package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.credential.ServerPair;
import io.github.maintainkubeusers.credential.TestingAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The pair of a server on loopback, in files, for an hour.
 *
 * @param authority that signed it
 */
public record LoopbackPair(Path certificate, Path key, TestingAuthority authority) {
  public static LoopbackPair write(Path folder) {
    Instant now = Clock.systemUTC().instant();
    TestingAuthority authority = TestingAuthority.root("CN=loopback", now.minusSeconds(60));
    KeyPair pair = TestingAuthority.ecPair();
    try {
      return new LoopbackPair(
          Files.write(
              folder.resolve("tls.crt"),
              authority
                  .certificateOf(pair.getPublic())
                  .purposes(KeyPurposeId.id_kp_serverAuth)
                  .names("localhost")
                  .from(now.minusSeconds(60))
                  .until(now.plusSeconds(3600))
                  .sign()),
          Files.write(folder.resolve("tls.key"), TestingAuthority.pem(pair)),
          authority);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the pair of a server", e);
    }
  }

  /** For a server with the pair in these files. */
  public static SSLContext serving(Path certificate, Path key) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys(ServerPair.parse(Files.readAllBytes(certificate), Files.readAllBytes(key))),
          null,
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("could not use the pair of a server", e);
    }
  }

  /** For clients of it. */
  public SSLContext trusting() {
    return trusting(Optional.empty());
  }

  /** For a client of it that shows a certificate of its own. */
  public SSLContext trusting(ServerPair shown) {
    return trusting(Optional.of(shown));
  }

  private SSLContext trusting(Optional<ServerPair> shown) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(authority.certificate())));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.isPresent() ? keys(shown.get()) : null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("could not trust the pair of a server", e);
    }
  }

  private static KeyManager[] keys(ServerPair pair) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("pair", pair.key(), new char[0], pair.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }
}
