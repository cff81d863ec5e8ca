package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.maintainkubeusers.credential.ClientKey;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.SigningRequest;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is computed for each account that gets credentials. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PiecesBenchmark {
  private final SecureRandom random = new SecureRandom();
  private final SubjectName subject =
      new SubjectName("fourohfour", List.of("toolforge", "tool:fourohfour:7"));
  private final ClientKey key = ClientKey.generate(KeyAlgorithm.ECDSA_P256, random);
  private final KubeconfigEntry entry =
      new KubeconfigEntry(
          "toolforge",
          "toolforge",
          "tf-fourohfour",
          "https://k8s.example:6443",
          "-----BEGIN CERTIFICATE-----\n".getBytes(UTF_8),
          Optional.of("tool-fourohfour"),
          "../.toolskube/client.crt",
          "../.toolskube/client.key");
  private final byte[] existing = Kubeconfig.create(entry);

  @Benchmark
  public byte[] mergeIntoKubeconfig() {
    return Kubeconfig.merge(existing, entry);
  }

  @Benchmark
  public ClientKey makeKey() {
    return ClientKey.generate(KeyAlgorithm.ECDSA_P256, random);
  }

  @Benchmark
  public byte[] makeSigningRequest() {
    return SigningRequest.create(key, subject);
  }
}
