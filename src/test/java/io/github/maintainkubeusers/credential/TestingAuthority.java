package io.github.maintainkubeusers.credential;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An authority that issues what a test tells it to, also what no good one would. */
public final class TestingAuthority {
  /** As kube-controller-manager does. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final X500Name name;
  private final KeyPair pair;
  private final byte[] certificate;

  private TestingAuthority(
      String name, KeyPair pair, Instant from, Optional<TestingAuthority> parent) {
    this(name, pair, from.minus(Duration.ofDays(1)), from.plus(Duration.ofDays(3650)), parent);
  }

  private TestingAuthority(
      String name, KeyPair pair, Instant from, Instant until, Optional<TestingAuthority> parent) {
    this.name = new X500Name(name);
    this.pair = pair;
    var builder =
        new JcaX509v3CertificateBuilder(
            parent.map(p -> p.name).orElse(this.name),
            BigInteger.TEN,
            Date.from(from),
            Date.from(until),
            this.name,
            pair.getPublic());
    this.certificate = seal(builder, parent.map(p -> p.pair).orElse(pair), true);
  }

  public static TestingAuthority root(String name, Instant from, Instant until) {
    return new TestingAuthority(name, ecPair(), from, until, Optional.empty());
  }

  /** The same authority with the same key, by another certificate. */
  public TestingAuthority renewed(Instant from, Instant until) {
    return new TestingAuthority(name.toString(), pair, from, until, Optional.empty());
  }

  public static TestingAuthority root(String name, Instant from) {
    return new TestingAuthority(name, ecPair(), from, Optional.empty());
  }

  static TestingAuthority root(String name, KeyPair pair, Instant from) {
    return new TestingAuthority(name, pair, from, Optional.empty());
  }

  public TestingAuthority intermediate(String intermediateName, Instant from) {
    return new TestingAuthority(intermediateName, ecPair(), from, Optional.of(this));
  }

  public byte[] certificate() {
    return certificate.clone();
  }

  /** What a well-behaved signer makes of a request: a client certificate for a year. */
  public byte[] sign(byte[] request, Instant now) {
    return sign(request, now, Duration.ofDays(365).minus(BACKDATED));
  }

  /** The same for a life that the request asks for. */
  public byte[] sign(byte[] request, Instant now, Duration life) {
    try (var parser =
        new PEMParser(new StringReader(new String(request, StandardCharsets.US_ASCII)))) {
      var parsed =
          new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
      return certificateOf(parsed.getPublicKey())
          .subject(parsed.getSubject())
          .from(now.minus(BACKDATED))
          .until(now.plus(life))
          .sign();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not read the request", e);
    }
  }

  public Draft certificateOf(PublicKey key) {
    return new Draft(key);
  }

  public static KeyPair ecPair() {
    return ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom()).pair();
  }

  public static KeyPair rsaPair(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The private key as PKCS#8 PEM. */
  public static byte[] pem(KeyPair pair) {
    return Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static byte[] seal(X509v3CertificateBuilder builder, KeyPair signer, boolean authority) {
    return seal(builder, signer, authority, "SHA256");
  }

  private static byte[] seal(
      X509v3CertificateBuilder builder, KeyPair signer, boolean authority, String digest) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      String algorithm =
          switch (signer.getPublic().getAlgorithm()) {
            case "RSA" -> digest + "withRSA";
            case "EdDSA" -> "Ed25519";
            default -> digest + "withECDSA";
          };
      var signature = new JcaContentSignerBuilder(algorithm).build(signer.getPrivate());
      return Pem.encode("CERTIFICATE", builder.build(signature).getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("could not sign a certificate", e);
    }
  }

  /** A certificate to be. */
  public final class Draft {
    private final PublicKey key;
    private final List<KeyPurposeId> purposes =
        new ArrayList<>(List.of(KeyPurposeId.id_kp_clientAuth));
    private final List<GeneralName> names = new ArrayList<>();
    private String digest = "SHA256";
    private X500Name subject = new X500Name("CN=nobody");
    private Instant from = Instant.EPOCH;
    private Instant until = Instant.EPOCH;

    private Draft(PublicKey key) {
      this.key = key;
    }

    public Draft subject(X500Name value) {
      subject = value;
      return this;
    }

    public Draft from(Instant value) {
      from = value;
      return this;
    }

    public Draft until(Instant value) {
      until = value;
      return this;
    }

    public Draft purposes(KeyPurposeId... values) {
      purposes.clear();
      purposes.addAll(List.of(values));
      return this;
    }

    /** DNS names and addresses of a server. */
    public Draft names(String... values) {
      for (String value : values) {
        boolean address = value.matches("[0-9.]+|.*:.*");
        names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, value));
      }
      return this;
    }

    /** SHA1, which nobody should use any more. */
    public Draft digest(String value) {
      digest = value;
      return this;
    }

    public byte[] sign() {
      var builder =
          new JcaX509v3CertificateBuilder(
              name, BigInteger.valueOf(0x1f2e), Date.from(from), Date.from(until), subject, key);
      try {
        if (!purposes.isEmpty()) {
          builder.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
          builder.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(names.toArray(GeneralName[]::new)));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return seal(builder, pair, false, digest);
    }
  }
}
