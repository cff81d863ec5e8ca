package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A request for a certificate that somebody else has made, who keeps the private key.
 *
 * @param pem PKCS#10, this request alone
 * @param subject whom the certificate would speak for
 * @param publicKey of the certificate
 */
public record ForeignRequest(byte[] pem, SubjectName subject, PublicKey publicKey) {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  public ForeignRequest {
    requireNonNull(pem, "pem is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(publicKey, "publicKey is null");
  }

  /**
   * Reads a request, and sees that whoever made it has the private key.
   *
   * @param content PEM with one request
   * @throws CredentialException when it is none, asks for more than a client needs, or its key is
   *     weak
   */
  public static ForeignRequest parse(byte[] content) {
    JcaPKCS10CertificationRequest request = read(content);
    try {
      PublicKey key = request.setProvider(BouncyCastle.PROVIDER).getPublicKey();
      require(
          request.isSignatureValid(
              new JcaContentVerifierProviderBuilder()
                  .setProvider(BouncyCastle.PROVIDER)
                  .build(key)),
          "its signature is not by its key");
      require(
          !(key instanceof RSAPublicKey rsa) || isStrong(rsa),
          "an RSA key must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits");
      require(
          request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest).length == 0,
          "it asks for extensions, subject alternative names say, which a client does not need");
      Optional<SubjectName> subject =
          SubjectName.read(new X500Principal(request.getSubject().getEncoded()));
      require(
          subject.isPresent(),
          "its subject must have one CN, and nothing else but O: it is " + request.getSubject());
      return new ForeignRequest(
          Pem.encode("CERTIFICATE REQUEST", request.getEncoded()), subject.get(), key);
    } catch (GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IOException
        | IllegalArgumentException e) {
      throw new CredentialException("could not read the request: " + e.getMessage(), e);
    }
  }

  private static JcaPKCS10CertificationRequest read(byte[] content) {
    try (var parser =
        new PEMParser(new StringReader(new String(content, StandardCharsets.US_ASCII)))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return new JcaPKCS10CertificationRequest(request);
      }
    } catch (IOException | RuntimeException e) {
      throw new CredentialException("could not read the request: " + e.getMessage(), e);
    }
    throw new CredentialException("could not read the request: it is no PKCS#10 request as PEM");
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
  }

  private static void require(boolean condition, String fault) {
    if (!condition) {
      throw new CredentialException("could not take the request: " + fault);
    }
  }
}
