package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A certificate authority that writes its own certificate and those that it issues as {@code
 * NAME.crt}, {@code .key}.
 */
public final class Authority {
  private final Path folder;
  private final String name;
  private final KeyPair pair;
  private final X500Name subject;
  private final Instant now = InstantSource.system().instant();

  private Authority(Path folder, String name) {
    this.folder = folder;
    this.name = name;
    this.pair = generate();
    this.subject = new X500Name("CN=" + name);
  }

  public static Authority create(Path folder, String name) {
    var authority = new Authority(folder, name);
    authority.certify(authority);
    return authority;
  }

  /** An authority below another. */
  public static Authority intermediate(Path folder, String name, Authority parent) {
    var authority = new Authority(folder, name);
    parent.certify(authority);
    return authority;
  }

  private void certify(Authority authority) {
    write(
        authority.folder,
        authority.name,
        authority.pair,
        authority.subject,
        now,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          builder.addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        });
  }

  public Path certificate() {
    return folder.resolve(name + ".crt");
  }

  /** Its certificate. */
  String pem() {
    try {
      return Files.readString(certificate());
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the authority", e);
    }
  }

  public Path key() {
    return folder.resolve(name + ".key");
  }

  /** A certificate for servers and clients on loopback. */
  public Authority issue(String file, String subjectName) {
    renew(folder, file, subjectName, Duration.ZERO);
    return this;
  }

  /** The same so much later, into another folder. */
  public void renew(Path target, String file, String subjectName, Duration later) {
    write(
        target,
        file,
        generate(),
        new X500Name(subjectName),
        now.plus(later),
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
          builder.addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
          builder.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(
                  new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                  }));
          builder.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(
                  new GeneralName[] {
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.dNSName, "kubernetes.default.svc")
                  }));
        });
  }

  /** A client certificate, into another folder. */
  public void issueTo(Path target, String file, String subjectName) {
    write(target, file, generate(), new X500Name(subjectName), now, Authority::addClientExtensions);
  }

  /** What a signer answers to a request: the client certificate as PEM. */
  public String sign(byte[] request) {
    try (var parser =
        new PEMParser(new StringReader(new String(request, StandardCharsets.US_ASCII)))) {
      var parsed =
          new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
      return certificate(
          parsed.getPublicKey(), parsed.getSubject(), now, Authority::addClientExtensions);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("could not sign a request", e);
    }
  }

  private static void addClientExtensions(X509v3CertificateBuilder builder) throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth}));
  }

  private void write(
      Path target,
      String file,
      KeyPair holder,
      X500Name holderName,
      Instant at,
      Extensions extensions) {
    try {
      Files.writeString(
          target.resolve(file + ".crt"),
          certificate(holder.getPublic(), holderName, at, extensions));
      Files.writeString(
          target.resolve(file + ".key"), pem("PRIVATE KEY", holder.getPrivate().getEncoded()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("could not issue " + file, e);
    }
  }

  private String certificate(
      PublicKey holder, X500Name holderName, Instant at, Extensions extensions)
      throws IOException, OperatorCreationException {
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(100, new SecureRandom()),
            Date.from(at.minus(Duration.ofHours(1))),
            Date.from(at.plus(Duration.ofDays(3650))),
            holderName,
            holder);
    extensions.addTo(builder);
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return pem("CERTIFICATE", builder.build(signer).getEncoded());
  }

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, byte[] der) {
    byte[] lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
    return "-----BEGIN "
        + label
        + "-----\n"
        + new String(lines, StandardCharsets.US_ASCII)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws CertIOException;
  }
}
