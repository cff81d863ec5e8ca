package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Whom a certificate speaks for: Kubernetes takes the user from the common name and the groups from
 * the organizations. Built from typed attributes, for in joined text a name could add a group of
 * its own.
 */
public record SubjectName(String commonName, List<String> organizations) {
  public SubjectName {
    requireNonNull(commonName, "commonName is null");
    organizations = List.copyOf(organizations);
  }

  /**
   * Empty when the name has an attribute that is not ours: to those who read it, it is another
   * subject.
   */
  static Optional<SubjectName> read(X500Principal principal) {
    var commonNames = new ArrayList<String>();
    var organizations = new ArrayList<String>();
    for (RDN rdn : X500Name.getInstance(principal.getEncoded()).getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        if (!(attribute.getValue() instanceof ASN1String value)) {
          return Optional.empty();
        } else if (attribute.getType().equals(BCStyle.CN)) {
          commonNames.add(value.getString());
        } else if (attribute.getType().equals(BCStyle.O)) {
          organizations.add(value.getString());
        } else {
          return Optional.empty();
        }
      }
    }
    return commonNames.size() == 1
        ? Optional.of(new SubjectName(commonNames.getFirst(), organizations))
        : Optional.empty();
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
