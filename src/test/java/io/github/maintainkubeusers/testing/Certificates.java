package io.github.maintainkubeusers.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Certificates in files. */
public final class Certificates {
  private Certificates() {}

  public static X509Certificate read(Path pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate in " + pem, e);
    }
  }

  public static Instant notAfter(Path pem) {
    return read(pem).getNotAfter().toInstant();
  }

  /** Hexadecimal. */
  public static String serial(Path pem) {
    return read(pem).getSerialNumber().toString(16);
  }
}
