package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authorities in a file, which an operator may change at any moment. */
final class CaFile {
  private static final Logger LOG = LoggerFactory.getLogger(CaFile.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final InstantSource clock;
  private byte[] content = {};
  private Instant readAt = Instant.EPOCH;
  private Optional<String> fault = Optional.empty();

  CaFile(Path file, InstantSource clock) {
    this.file = requireNonNull(file, "file is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @throws ClusterException when the file cannot be read or has no certificates
   */
  synchronized void load() {
    reload();
    if (fault.isPresent()) {
      throw new ClusterException(
          ClusterException.Reason.OTHER,
          "could not read the client CAs in " + file + ": " + fault.get());
    }
  }

  /** As PEM. While the file cannot be used, what it had before. */
  synchronized byte[] current() {
    if (Duration.between(readAt, clock.instant()).abs().compareTo(FRESH) > 0) {
      Optional<String> before = fault;
      reload();
      if (fault.isPresent() && !fault.equals(before)) {
        LOG.warn(
            "The client CAs in {} cannot be read, those of before are taken: {}",
            file,
            fault.get());
      }
    }
    return content.clone();
  }

  private void reload() {
    readAt = clock.instant();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] pem = in.readNBytes(MAX_BYTES + 1);
      fault =
          pem.length > MAX_BYTES
              ? Optional.of("it has more than " + MAX_BYTES + " bytes")
              : fault(pem);
      if (fault.isEmpty()) {
        content = pem;
      }
    } catch (IOException e) {
      fault = Optional.of(e.toString());
    }
  }

  /** Why these are no authorities as PEM; empty when they are. */
  static Optional<String> fault(byte[] pem) {
    try {
      boolean none =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .isEmpty();
      return none ? Optional.of("there is no certificate in it") : Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
