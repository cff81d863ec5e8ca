package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;

/** A private key and its public half. Shows neither of itself. */
public final class ClientKey {
  private final KeyPair pair;
  private final String signatureAlgorithm;

  ClientKey(KeyPair pair, String signatureAlgorithm) {
    this.pair = requireNonNull(pair, "pair is null");
    this.signatureAlgorithm = requireNonNull(signatureAlgorithm, "signatureAlgorithm is null");
  }

  public static ClientKey generate(KeyAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm.family(), BouncyCastle.PROVIDER);
      generator.initialize(algorithm.parameters(), random);
      return new ClientKey(generator.generateKeyPair(), algorithm.signature());
    } catch (GeneralSecurityException e) {
      throw new CredentialException(
          "could not generate a key of type " + algorithm + ": " + e.getMessage(), e);
    }
  }

  /** The private key as PKCS#8 PEM, the one form that kubectl, Python and Java clients all read. */
  public byte[] toPem() {
    return Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  KeyPair pair() {
    return pair;
  }

  String signatureAlgorithm() {
    return signatureAlgorithm;
  }

  @Override
  public String toString() {
    return "a private key (" + pair.getPrivate().getAlgorithm() + ")";
  }
}
