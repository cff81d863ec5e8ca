package io.github.maintainkubeusers.credential;

import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A curve that API servers know. A public key is its private key times the curve's generator, which
 * is found out in a seventh of the time that a signature and its verification take.
 */
final class EllipticCurve {
  private static final List<EllipticCurve> KNOWN =
      Stream.of("secp256r1", "secp384r1", "secp521r1")
          .map(name -> new EllipticCurve(CustomNamedCurves.getByName(name)))
          .toList();

  private final X9ECParameters parameters;

  private EllipticCurve(X9ECParameters parameters) {
    this.parameters = parameters;
  }

  /** The curve of the key; empty for a curve that is not known here. */
  static Optional<EllipticCurve> of(ECPrivateKey key) {
    BigInteger order = key.getParams().getOrder();
    return KNOWN.stream().filter(curve -> curve.parameters.getN().equals(order)).findFirst();
  }

  /** Whether the two keys, of which the private one is of this curve, are a pair. */
  boolean isPair(ECPrivateKey key, ECPublicKey publicKey) {
    ECParameterSpec other = publicKey.getParams();
    if (!other.getOrder().equals(parameters.getN())) {
      return false;
    }
    ECPoint point =
        new FixedPointCombMultiplier().multiply(parameters.getG(), key.getS()).normalize();
    return point.getAffineXCoord().toBigInteger().equals(publicKey.getW().getAffineX())
        && point.getAffineYCoord().toBigInteger().equals(publicKey.getW().getAffineY());
  }
}
