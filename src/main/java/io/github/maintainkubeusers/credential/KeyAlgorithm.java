package io.github.maintainkubeusers.credential;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of keys that accounts can be given, all of which API servers since 1.20 accept. */
public enum KeyAlgorithm {
  ECDSA_P256("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA"),
  RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA"),
  RSA_3072("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4), "SHA256withRSA"),
  RSA_4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4), "SHA256withRSA");

  private final String family;

  @SuppressWarnings("ImmutableEnumChecker") // the specs of the JDK are immutable
  private final AlgorithmParameterSpec parameters;

  private final String signature;

  KeyAlgorithm(String family, AlgorithmParameterSpec parameters, String signature) {
    this.family = family;
    this.parameters = parameters;
    this.signature = signature;
  }

  String family() {
    return family;
  }

  AlgorithmParameterSpec parameters() {
    return parameters;
  }

  /** By which requests are signed. */
  String signature() {
    return signature;
  }
}
