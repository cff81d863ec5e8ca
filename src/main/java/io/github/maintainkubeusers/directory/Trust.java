package io.github.maintainkubeusers.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are believed. The file is read for each connection, so that a changed one is
 * taken up.
 */
final class Trust {
  private Trust() {}

  static SSLSocketFactory socketFactory(Optional<Path> trustedCa) {
    try {
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      // Without a store, the factory takes the JVM's own.
      managers.init(trustedCa.isPresent() ? store(trustedCa.get()) : null);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new DirectoryException(
          "could not read the trusted certificates "
              + trustedCa.map(Path::toString).orElse("of the JVM")
              + ": "
              + e,
          e);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    if (store.size() == 0) {
      throw new IOException("there is no certificate in it");
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }
}
