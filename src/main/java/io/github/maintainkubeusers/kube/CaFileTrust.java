package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the authorities in a file, as it is at each handshake: when the cluster's authority is
 * rotated, the file of a pod is changed under the running program.
 */
final class CaFileTrust implements X509TrustManager {
  private static final Logger LOG = LoggerFactory.getLogger(CaFileTrust.class);

  private final Path file;
  private byte[] content = {};
  private X509TrustManager trust;

  private CaFileTrust(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /**
   * @throws IOException when the file cannot be read or has no certificates
   */
  static OkHttpClient.Builder apply(OkHttpClient.Builder client, Path file, KeyManager[] keys)
      throws IOException {
    try {
      var trust = new CaFileTrust(file);
      trust.reload();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return client.sslSocketFactory(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException e) {
      throw new IOException("no authorities in " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current().checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current().checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current().getAcceptedIssuers();
  }

  /** A file that cannot be read now is read at the next handshake. */
  private synchronized X509TrustManager current() {
    try {
      reload();
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn(
          "The authorities in {} cannot be read, those of before are trusted: {}",
          file,
          e.getMessage());
    }
    return trust;
  }

  private synchronized void reload() throws IOException, GeneralSecurityException {
    byte[] now = Files.readAllBytes(file);
    if (!Arrays.equals(now, content)) {
      trust = trust(now);
      content = now;
    }
  }

  private static X509TrustManager trust(byte[] pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate authority :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    if (store.size() == 0) {
      throw new CertificateException("there is no certificate in it");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
