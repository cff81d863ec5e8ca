package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of its own, and a certificate of it for the host {@code localhost}. */
final class TestCertificates {
    private static final X500Principal CA = new X500Principal("CN=test CA");
    private static final X500Principal SERVER = new X500Principal("CN=test LDAP server");

    private TestCertificates() {}

    /** Writes the authority's certificate as PEM and the server's key and chain as a keystore. */
    static void write(Path caFile, Path keystore, String password) throws IOException {
        try {
            KeyPair caKeys = keys();
            KeyPair serverKeys = keys();
            X509Certificate ca = sign(certificate(CA, caKeys, 1).addExtension(Extension.basicConstraints, true,
                    new BasicConstraints(0)), caKeys.getPrivate());
            X509Certificate server = sign(
                    certificate(SERVER, serverKeys, 2).addExtension(Extension.subjectAlternativeName, false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"))),
                    caKeys.getPrivate());
            Files.writeString(caFile, pem(ca));
            store(keystore, password, serverKeys.getPrivate(), server, ca);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("could not make certificates: " + e.getMessage(), e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder certificate(X500Principal subject, KeyPair keys, int serial)
            throws CertIOException {
        var now = Clock.systemUTC().instant();
        return new JcaX509v3CertificateBuilder(CA, BigInteger.valueOf(serial),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(30))), subject, keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n";
    }

    private static void store(Path file, String password, PrivateKey key, Certificate... chain)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, password.toCharArray(), chain);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }
}
