package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Key and certificate as somebody's files hold them: whatever they hold, they may be anything. */
public final class StoredCredentials {
    private static final Pattern PKCS8 = Pattern
            .compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
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

    private static boolean isKeyTo(X509Certificate certificate, byte[] keyPem) throws GeneralSecurityException {
        Matcher pem = PKCS8.matcher(new String(keyPem, StandardCharsets.US_ASCII));
        if (!pem.matches()) {
            return false;
        }
        String family = certificate.getPublicKey().getAlgorithm();
        byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
        PrivateKey key = KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(der));
        Signature signature = Signature.getInstance("SHA256with" + (family.equals("EC") ? "ECDSA" : family));
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
