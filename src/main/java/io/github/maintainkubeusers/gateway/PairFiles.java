package io.github.maintainkubeusers.gateway;

import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ServerPair;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pair that the endpoint shows. Files that change are read again; bad ones leave the old pair.
 */
final class PairFiles extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger(PairFiles.class);
  private static final String ALIAS = "pair";
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_BYTES = 1 << 20;

  private final GatewaySettings settings;
  private ServerPair pair;
  private String stamp;
  private long lookedAt = System.nanoTime();

  PairFiles(GatewaySettings settings) {
    this.settings = settings;
    try {
      this.stamp = stamp();
      this.pair = read();
    } catch (IOException | CredentialException e) {
      throw new GatewayException(
          "could not use "
              + settings.certificate()
              + " and "
              + settings.key()
              + " for the endpoint of gateways: "
              + e.getMessage(),
          e);
    }
  }

  private synchronized ServerPair pair() {
    if (System.nanoTime() - lookedAt >= BETWEEN_LOOKS) {
      lookedAt = System.nanoTime();
      renew();
    }
    return pair;
  }

  private void renew() {
    try {
      String now = stamp();
      if (!now.equals(stamp)) {
        stamp = now;
        pair = read();
        LOG.info(
            "The endpoint of gateways shows the new certificate in {}", settings.certificate());
      }
    } catch (IOException | CredentialException e) {
      LOG.warn(
          "The endpoint of gateways shows its old certificate: the one in {} cannot be used: {}",
          settings.certificate(),
          e.getMessage());
    }
  }

  private String stamp() throws IOException {
    return Files.getLastModifiedTime(settings.certificate())
        + " "
        + Files.getLastModifiedTime(settings.key());
  }

  private ServerPair read() throws IOException {
    if (Files.size(settings.certificate()) > MOST_BYTES
        || Files.size(settings.key()) > MOST_BYTES) {
      throw new IOException("a file is larger than 1 MiB");
    }
    return ServerPair.parse(
        Files.readAllBytes(settings.certificate()), Files.readAllBytes(settings.key()));
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return keyType.equals(pair().key().getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return pair().chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair().key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
