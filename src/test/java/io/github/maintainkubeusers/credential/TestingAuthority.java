package io.github.maintainkubeusers.credential;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
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

    private TestingAuthority(String name, KeyPair pair, Instant from, Optional<TestingAuthority> parent) {
        this.name = new X500Name(name);
        this.pair = pair;
        var builder = new JcaX509v3CertificateBuilder(parent.map(p -> p.name).orElse(this.name), BigInteger.TEN,
                Date.from(from.minus(Duration.ofDays(1))), Date.from(from.plus(Duration.ofDays(3650))), this.name,
                pair.getPublic());
        this.certificate = seal(builder, parent.map(p -> p.pair).orElse(pair), true);
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
        try (var parser = new PEMParser(new StringReader(
                new String(request, StandardCharsets.US_ASCII)))) {
            var parsed = new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            return certificateOf(parsed.getPublicKey()).subject(parsed.getSubject()).from(now.minus(BACKDATED))
                    .until(now.plus(Duration.ofDays(365)).minus(BACKDATED)).sign();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not read the request", e);
        }
    }

    Draft certificateOf(PublicKey key) {
        return new Draft(key);
    }

    static KeyPair ecPair() {
        return KeyAlgorithm.ECDSA_P256.generate(new SecureRandom()).pair();
    }

    private static byte[] seal(X509v3CertificateBuilder builder, KeyPair signer, boolean authority) {
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            String algorithm = switch (signer.getPublic().getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EdDSA" -> "Ed25519";
                default -> "SHA256withECDSA";
            };
            var signature = new JcaContentSignerBuilder(algorithm).build(signer.getPrivate());
            return Pem.encode("CERTIFICATE", builder.build(signature).getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("could not sign a certificate", e);
        }
    }

    /** A certificate to be. */
    final class Draft {
        private final PublicKey key;
        private final List<KeyPurposeId> purposes = new ArrayList<>(List.of(KeyPurposeId.id_kp_clientAuth));
        private X500Name subject = new X500Name("CN=nobody");
        private Instant from = Instant.EPOCH;
        private Instant until = Instant.EPOCH;

        private Draft(PublicKey key) {
            this.key = key;
        }

        Draft subject(X500Name value) {
            subject = value;
            return this;
        }

        Draft from(Instant value) {
            from = value;
            return this;
        }

        Draft until(Instant value) {
            until = value;
            return this;
        }

        Draft purposes(KeyPurposeId... values) {
            purposes.clear();
            purposes.addAll(List.of(values));
            return this;
        }

        byte[] sign() {
            var builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(0x1f2e), Date.from(from),
                    Date.from(until), subject, key);
            try {
                if (!purposes.isEmpty()) {
                    builder.addExtension(Extension.extendedKeyUsage, false,
                            new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return seal(builder, pair, false);
        }
    }
}
