package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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
    authority.write(
        name,
        authority.pair,
        authority.subject,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          builder.addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        });
    return authority;
  }

  public Path certificate() {
    return folder.resolve(name + ".crt");
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
    write(
        target,
        file,
        generate(),
        new X500Name(subjectName),
        now,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
          builder.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth}));
        });
  }

  private void write(String file, KeyPair holder, X500Name holderName, Extensions extensions) {
    write(folder, file, holder, holderName, now, extensions);
  }

  private void write(
      Path target,
      String file,
      KeyPair holder,
      X500Name holderName,
      Instant at,
      Extensions extensions) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(100, new SecureRandom()),
              Date.from(at.minus(Duration.ofHours(1))),
              Date.from(at.plus(Duration.ofDays(3650))),
              holderName,
              holder.getPublic());
      extensions.addTo(builder);
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      Files.writeString(
          target.resolve(file + ".crt"), pem("CERTIFICATE", builder.build(signer).getEncoded()));
      Files.writeString(
          target.resolve(file + ".key"), pem("PRIVATE KEY", holder.getPrivate().getEncoded()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("could not issue " + file, e);
    }
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
