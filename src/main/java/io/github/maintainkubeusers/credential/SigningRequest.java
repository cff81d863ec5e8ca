package io.github.maintainkubeusers.credential;

import java.io.IOException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Certificate signing requests, PKCS#10. */
public final class SigningRequest {
  private SigningRequest() {}

  /** The request for a certificate of this key and subject, as PEM. */
  public static byte[] create(ClientKey key, SubjectName subject) {
    try {
      var signer =
          new JcaContentSignerBuilder(key.signatureAlgorithm())
              .setProvider(BouncyCastle.PROVIDER)
              .build(key.pair().getPrivate());
      var request =
          new JcaPKCS10CertificationRequestBuilder(subject.toX500Name(), key.publicKey())
              .build(signer);
      return Pem.encode("CERTIFICATE REQUEST", request.getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new CredentialException(
          "could not make the signing request of " + subject + ": " + e.getMessage(), e);
    }
  }
}
