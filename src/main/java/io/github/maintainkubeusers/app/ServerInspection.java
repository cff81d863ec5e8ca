package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.HandshakeException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.kube.Parallel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what servers show, at each address of a name. */
record ServerInspection(Examiner examiner, Handshake handshake) {
  /** Many servers are looked at in the time that a few take. */
  static final Parallel SIDE_BY_SIDE = Parallel.of(32);

  private static final String UNREACHABLE =
      "see that the server runs and can be reached from here, or look from where" + " it can";

  /**
   * How a server is asked.
   *
   * @param name in reports
   * @param calledBy the name that clients call it by
   */
  record Question(
      CertificateKind kind,
      String name,
      InspectTarget.Server server,
      String calledBy,
      Handshake.Prelude prelude) {
    static Question of(CertificateKind kind, InspectTarget.Server server) {
      return new Question(kind, server.toString(), server, server.host(), Handshake.Prelude.NONE);
    }
  }

  List<CertificateReport> inspect(
      CertificateKind kind, InspectTarget.Server server, Expectation expected) {
    return inspect(Question.of(kind, server), expected);
  }

  /** Whether its name has an address here. */
  boolean isKnown(InspectTarget.Server server) {
    try {
      return !handshake.addresses(server.host()).isEmpty();
    } catch (HandshakeException _) {
      return false;
    }
  }

  /**
   * A report; or one for each address, when they show different certificates or not all of them
   * answer.
   */
  List<CertificateReport> inspect(Question question, Expectation expected) {
    InspectTarget.Server server = question.server();
    List<InetAddress> addresses;
    try {
      addresses = handshake.addresses(server.host());
    } catch (HandshakeException e) {
      return List.of(unreachable(question, question.name(), e));
    }
    var shown = new LinkedHashMap<InetAddress, List<ParsedCertificate>>();
    var silent = new LinkedHashMap<InetAddress, HandshakeException>();
    for (InetAddress address : addresses) {
      try {
        shown.put(
            address,
            handshake.certificates(
                address, question.calledBy(), server.port(), question.prelude()));
      } catch (HandshakeException e) {
        silent.put(address, e);
      }
    }
    boolean apart = shown.values().stream().distinct().count() > 1;
    var reports = new ArrayList<CertificateReport>();
    shown.entrySet().stream()
        .limit(apart ? shown.size() : 1)
        .forEach(
            entry ->
                reports.add(
                    examiner.examine(
                        question.kind(),
                        apart ? name(question, entry.getKey()) : question.name(),
                        server.toString(),
                        Evidence.SERVED,
                        entry.getValue(),
                        expected)));
    silent.forEach(
        (address, e) -> {
          if (isMissed(address, shown)) {
            reports.add(
                unreachable(
                    question,
                    addresses.size() == 1 ? question.name() : name(question, address),
                    e));
          }
        });
    return reports;
  }

  /** Clients that find a server at its IPv4 address miss no IPv6 address, and the reverse. */
  private static boolean isMissed(
      InetAddress silent, Map<InetAddress, List<ParsedCertificate>> shown) {
    return shown.isEmpty()
        || shown.keySet().stream().anyMatch(other -> other.getClass() == silent.getClass());
  }

  private static CertificateReport unreachable(
      Question question, String name, HandshakeException e) {
    return CertificateReport.without(
        question.kind(),
        name,
        question.server().toString(),
        Finding.unknown(e.getMessage(), UNREACHABLE));
  }

  private static String name(Question question, InetAddress address) {
    return question.name() + " (" + address.getHostAddress() + ")";
  }
}
