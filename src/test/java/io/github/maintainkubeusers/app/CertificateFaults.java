package io.github.maintainkubeusers.app;

import static io.github.maintainkubeusers.app.SeededCertificates.CA;
import static io.github.maintainkubeusers.app.SeededCertificates.DAY;
import static io.github.maintainkubeusers.app.SeededCertificates.NOW;
import static io.github.maintainkubeusers.app.SeededCertificates.OTHER;
import static io.github.maintainkubeusers.app.SeededCertificates.authority;
import static io.github.maintainkubeusers.app.SeededCertificates.client;
import static io.github.maintainkubeusers.app.SeededCertificates.examined;
import static io.github.maintainkubeusers.app.SeededCertificates.expected;
import static io.github.maintainkubeusers.app.SeededCertificates.server;

import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.kube.ClusterException;
import java.util.List;
import java.util.stream.Stream;

/** Faults of certificates and of the CAs that sign them. */
final class CertificateFaults {
  private CertificateFaults() {}

  static Stream<SeededFault> all() {
    return Stream.concat(certificates(), authorities());
  }

  private static Stream<SeededFault> certificates() {
    return Stream.of(
        SeededFault.of("ended", client(CA, draft -> draft.until(NOW.minus(DAY)))),
        SeededFault.of(
            "ends soon", client(CA, draft -> draft.until(NOW.plus(DAY.multipliedBy(5))))),
        SeededFault.of("not yet valid", client(CA, draft -> draft.from(NOW.plus(DAY)))),
        SeededFault.of(
            "key of another",
            examined(
                client(CA),
                expected(Purpose.CLIENT, CA)
                    .withKey(TestingAuthority.pem(TestingAuthority.ecPair())))),
        SeededFault.of(
            "key of another kind",
            examined(
                client(CA),
                expected(Purpose.CLIENT, CA)
                    .withKey(TestingAuthority.pem(TestingAuthority.rsaPair(2048))))),
        SeededFault.of(
            "no key where it should be",
            examined(client(CA), expected(Purpose.CLIENT, CA).withKey(new byte[0]))),
        SeededFault.of(
            "names lack the address",
            examined(server(CA, draft -> draft), expected(Purpose.SERVER, CA).of("10.0.0.13"))),
        SeededFault.of(
            "no client auth", examined(server(CA, draft -> draft), expected(Purpose.CLIENT, CA))),
        SeededFault.of("no server auth", examined(client(CA), expected(Purpose.SERVER, CA))),
        SeededFault.of(
            "RSA below 2048",
            examined(
                List.of(
                    ParsedCertificate.parse(
                            CA.certificateOf(TestingAuthority.rsaPair(1024).getPublic())
                                .from(NOW.minus(DAY))
                                .until(NOW.plus(DAY.multipliedBy(365)))
                                .sign())
                        .getFirst()),
                expected(Purpose.CLIENT, CA))),
        SeededFault.of("SHA-1", client(CA, draft -> draft.digest("SHA1"))),
        SeededFault.of(
            "a right missing",
            examined(
                client(CA),
                Expectation.of(
                    Purpose.CLIENT,
                    new ClusterTrust(
                            () -> {
                              throw new ClusterException(
                                  ClusterException.Reason.FORBIDDEN,
                                  "could not list configmaps: cannot list resource \"configmaps\"");
                            })
                        .of(Purpose.CLIENT),
                    "renew it"))));
  }

  private static Stream<SeededFault> authorities() {
    var ended = TestingAuthority.root("CN=ended", NOW.minus(DAY.multipliedBy(900)), NOW.minus(DAY));
    var ending =
        TestingAuthority.root(
            "CN=ending", NOW.minus(DAY.multipliedBy(900)), NOW.plus(DAY.multipliedBy(5)));
    var future = TestingAuthority.root("CN=future", NOW.plus(DAY), NOW.plus(DAY.multipliedBy(900)));
    return Stream.of(
        SeededFault.of("other CA", examined(client(OTHER), expected(Purpose.CLIENT, CA))),
        SeededFault.of("CA ended", client(ended, draft -> draft)),
        SeededFault.of("CA not yet valid", client(future, draft -> draft)),
        SeededFault.of("CA ends before the certificate", client(ending, draft -> draft)),
        SeededFault.of(
            "bundle without the server's CA",
            examined(server(CA, draft -> draft), expected(Purpose.SERVER, OTHER))),
        SeededFault.of("bundle with an ended CA", authority(ended)),
        SeededFault.of("no CA in the place of one", authority(client(CA))));
  }
}
