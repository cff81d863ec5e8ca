package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Key and certificate as somebody's files hold them: whatever they hold, they may be anything. */
public final class StoredCredentials {
    private static final byte[] PROBE = "maintain-kubeusers".getBytes(StandardCharsets.US_ASCII);

    private StoredCredentials() {}

    /**
     * True when the certificate is the recorded one and the key is the key to it.
     *
     * @param fingerprint SHA-256 of the certificate's DER, hexadecimal
     */
    public static boolean fit(byte[] certificatePem, byte[] keyPem, String fingerprint) {
        try {
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificatePem));
            return Fingerprint.of(certificate).equals(fingerprint) && isKeyTo(certificate, keyPem);
        } catch (GeneralSecurityException | RuntimeException _) {
            return false;
        }
    }

    /**
     * The organizations of a certificate that one of these authorities signed for this common name; empty for any other
     * file.
     */
    public static List<String> organizations(byte[] certificatePem, String commonName, CaBundle authorities) {
        try {
            CertificateChain chain = CertificateChain.parse(certificatePem);
            X509Certificate certificate = chain.leaf();
            return chain.anchor(authorities, certificate.getNotBefore().toInstant()).isPresent()
                    ? SubjectName.read(certificate.getSubjectX500Principal())
                            .filter(subject -> subject.commonName().equals(commonName))
                            .map(SubjectName::organizations).orElse(List.of())
                    : List.of();
        } catch (RuntimeException _) {
            return List.of();
        }
    }

    /** True when this is the private key to the certificate, PKCS#8 as PEM. */
    static boolean isKeyTo(X509Certificate certificate, byte[] keyPem) {
        try {
            return signs(certificate, keyPem);
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            return false;
        }
    }

    private static boolean signs(X509Certificate certificate, byte[] keyPem)
            throws GeneralSecurityException, IOException {
        PrivateKey key = parse(keyPem);
        String family = certificate.getPublicKey().getAlgorithm();
        Signature signature = Signature.getInstance("SHA256with" + (family.equals("EC") ? "ECDSA" : family),
                BouncyCastle.PROVIDER);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /** In PKCS#8 as we write it, or in the older forms of each algorithm, as others have. */
    private static PrivateKey parse(byte[] pem) throws IOException {
        try (var parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
            var converter = new JcaPEMKeyConverter();
            return switch (parser.readObject()) {
                case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
                case PrivateKeyInfo info -> converter.getPrivateKey(info);
                case null, default -> throw new IOException("no private key");
            };
        }
    }
}
