package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.TrustedCas;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterAuthoritiesTest {
  @Test
  void judgeByTheClientCasWhereTheServerHasAnother() {
    assertThat(trusted(Set.of("server"), Set.of("client"), Optional.empty()))
        .containsExactly("client");
    assertThat(trusted(Set.of("server"), Set.of("client", "next"), Optional.of("next")))
        .containsExactlyInAnyOrder("client", "next");
  }

  @Test
  void passOverRetiredOnesThatApiServersStillPublish() {
    assertThat(trusted(Set.of("next"), Set.of("retired", "next"), Optional.of("next")))
        .containsExactly("next");
  }

  @Test
  void countTheSignerThatOnlyTheApiServerKnows() {
    assertThat(trusted(Set.of("ca"), Set.of("ca", "client"), Optional.of("client")))
        .containsExactlyInAnyOrder("ca", "client");
  }

  @Test
  void doNotCountASignerThatTheApiServerDoesNotKnow() {
    assertThat(trusted(Set.of("ca"), Set.of("ca"), Optional.of("foreign"))).containsExactly("ca");
    assertThat(trusted(Set.of("ca", "server"), Set.of("ca"), Optional.of("server")))
        .containsExactly("ca");
  }

  @Test
  void distrustNobodyWhereTheClientCasAreNotKnownAndReplaceWhatAnotherHasSigned() {
    var clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));
    var cluster = new InMemoryCluster(new Journal(), clock);
    var policy = new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge");
    var issuer = new CredentialIssuer(cluster, policy, Services.NONE, new SecureRandom(), clock);
    var authorities = new ClusterAuthorities(cluster, issuer, clock);
    var clientCa = TestingAuthority.root("CN=client-ca", clock.instant());
    cluster.hideClientCa(clientCa);
    cluster.signWith(clientCa);
    AccountId tool = AccountId.tool("wikibot");
    cluster.change(tool, _ -> ObservedBuilder.provisioned(tool, 1, clock.instant()).build());
    Credential recorded = ObservedBuilder.credential(ObservedBuilder.id(1), 1, clock.instant());
    authorities.probe();
    TrustedCas before = authorities.current();
    assertThat(before.distrusts(recorded)).isFalse();
    assertThat(before.hasSuperseded(recorded)).isTrue();

    var next = TestingAuthority.root("CN=next-client-ca", clock.instant());
    cluster.hideClientCa(next);
    cluster.signWith(next);
    clock.advance(Duration.ofMinutes(10));
    authorities.probe();

    TrustedCas after = authorities.current();
    assertThat(after.signing()).isPresent().isNotEqualTo(before.signing());
    assertThat(after.distrusts(recorded)).isFalse();
    assertThat(after.hasSuperseded(recorded)).isTrue();
  }

  private static Set<String> trusted(
      Set<String> forServer, Set<String> forClients, Optional<String> signing) {
    return ClusterAuthorities.trusted(forServer, forClients, signing);
  }
}
