package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static Set<String> trusted(
      Set<String> forServer, Set<String> forClients, Optional<String> signing) {
    return ClusterAuthorities.trusted(forServer, forClients, signing);
  }
}
