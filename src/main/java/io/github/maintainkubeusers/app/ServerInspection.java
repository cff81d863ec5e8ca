package io.github.maintainkubeusers.app;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.HandshakeException;
import io.github.maintainkubeusers.credential.ParsedCertificate;

/** Looks at what servers show, at each address of a name. */
record ServerInspection(Examiner examiner, Handshake handshake) {
    private static final String UNREACHABLE = "see that the server runs and can be reached from here, or look from where"
            + " it can";

    /** A report; or one for each address, when they show different certificates or not all of them answer. */
    List<CertificateReport> inspect(CertificateKind kind, InspectTarget.Server server, Expectation expected) {
        List<InetAddress> addresses;
        try {
            addresses = handshake.addresses(server.host());
        } catch (HandshakeException e) {
            return List.of(unreachable(kind, server.toString(), server, e));
        }
        var shown = new LinkedHashMap<InetAddress, List<ParsedCertificate>>();
        var silent = new LinkedHashMap<InetAddress, HandshakeException>();
        for (InetAddress address : addresses) {
            try {
                shown.put(address, handshake.certificates(address, server.host(), server.port()));
            } catch (HandshakeException e) {
                silent.put(address, e);
            }
        }
        boolean apart = shown.values().stream().distinct().count() > 1;
        var reports = new ArrayList<CertificateReport>();
        shown.entrySet().stream().limit(apart ? shown.size() : 1).forEach(entry -> reports.add(examiner.examine(kind,
                apart ? name(server, entry.getKey()) : server.toString(), server.toString(), Evidence.SERVED,
                entry.getValue(), expected)));
        silent.forEach((address, e) -> {
            if (isMissed(address, shown)) {
                reports.add(unreachable(kind, addresses.size() == 1 ? server.toString() : name(server, address),
                        server, e));
            }
        });
        return reports;
    }

    /** Clients that find a server at its IPv4 address miss no IPv6 address, and the reverse. */
    private static boolean isMissed(InetAddress silent, Map<InetAddress, List<ParsedCertificate>> shown) {
        return shown.isEmpty() || shown.keySet().stream().anyMatch(other -> other.getClass() == silent.getClass());
    }

    private static CertificateReport unreachable(CertificateKind kind, String name, InspectTarget.Server server,
            HandshakeException e) {
        return CertificateReport.without(kind, name, server.toString(), Finding.unknown(e.getMessage(), UNREACHABLE));
    }

    private static String name(InspectTarget.Server server, InetAddress address) {
        return server + " (" + address.getHostAddress() + ")";
    }
}
