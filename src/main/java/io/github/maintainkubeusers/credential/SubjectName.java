package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.util.List;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Whom a certificate speaks for: Kubernetes takes the user from the common name and the groups from the
 * organizations. Built from typed attributes, for in joined text a name could add a group of its own.
 */
public record SubjectName(String commonName, List<String> organizations) {
    public SubjectName {
        requireNonNull(commonName, "commonName is null");
        organizations = List.copyOf(organizations);
    }

    X500Name toX500Name() {
        var builder = new X500NameBuilder(BCStyle.INSTANCE);
        organizations.forEach(organization -> add(builder, BCStyle.O, organization));
        add(builder, BCStyle.CN, commonName);
        return builder.build();
    }

    private static void add(X500NameBuilder builder, ASN1ObjectIdentifier type, String value) {
        builder.addRDN(type, new DERUTF8String(value));
    }
}
