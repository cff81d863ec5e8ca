package io.github.maintainkubeusers.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EllipticCurveTest {
  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void knowsWhichKeysAreAPair(String curve) throws Exception {
    KeyPair one = pair(curve);
    KeyPair another = pair(curve);

    assertThat(arePair(one, one)).isTrue();
    assertThat(arePair(one, another)).isFalse();
    assertThat(arePair(another, one)).isFalse();
  }

  @Test
  void keysOfTwoCurvesAreNoPair() throws Exception {
    assertThat(arePair(pair("secp256r1"), pair("secp384r1"))).isFalse();
  }

  private static boolean arePair(KeyPair one, KeyPair another) {
    var key = (ECPrivateKey) one.getPrivate();
    return EllipticCurve.of(key).orElseThrow().isPair(key, (ECPublicKey) another.getPublic());
  }

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
