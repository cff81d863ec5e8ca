package io.github.maintainkubeusers.app;

import static io.github.maintainkubeusers.app.SeededCertificates.CA;
import static io.github.maintainkubeusers.app.SeededCertificates.PAIR;
import static io.github.maintainkubeusers.app.SeededCertificates.base64;
import static io.github.maintainkubeusers.app.SeededCertificates.kubeconfig;
import static io.github.maintainkubeusers.app.SeededCertificates.pem;
import static io.github.maintainkubeusers.app.SeededCertificates.secret;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.maintainkubeusers.credential.TestingAuthority;
import java.util.Map;
import java.util.stream.Stream;

/** Faults of Secrets and kubeconfigs. */
final class StoredFaults {
  private StoredFaults() {}

  static Stream<SeededFault> all() {
    byte[] certificate = pem(CA, draft -> draft);
    byte[] key = TestingAuthority.pem(PAIR);
    return Stream.of(
        SeededFault.of("a Secret without a key", secret(Map.of("cert.pem", certificate))),
        SeededFault.of("a Secret without a certificate", secret(Map.of("key.pem", key))),
        SeededFault.of("an emptied Secret", secret(Map.of())),
        SeededFault.of(
            "a Secret that was edited",
            secret(
                Map.of(
                    "cert.pem",
                    certificate,
                    "key.pem",
                    TestingAuthority.pem(TestingAuthority.ecPair())))),
        SeededFault.of(
            "a damaged certificate",
            secret(
                Map.of(
                    "tls.crt",
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                        .getBytes(US_ASCII),
                    "tls.key",
                    key))),
        SeededFault.of(
            "a kubeconfig that does not verify", kubeconfig("insecure-skip-tls-verify: true")),
        SeededFault.of(
            "a kubeconfig whose CA is garbage",
            kubeconfig(
                "certificate-authority-data: \"" + base64("rubbish".getBytes(US_ASCII)) + "\"")),
        SeededFault.of(
            "a kubeconfig whose CA is missing",
            kubeconfig("certificate-authority: /nowhere/ca.crt")));
  }
}
