package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service is one more kind of account. */
class ServiceTest {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final Service PROMETHEUS =
      new Service(
          new AccountName("prometheus"),
          List.of("monitoring"),
          new SigningTerms(Optional.empty(), Optional.of(LIFE)),
          OVERLAP,
          new Service.SecretLocation("metrics", "prometheus-api"),
          SecretFormat.PEM,
          List.of("prometheus"),
          Map.of(),
          false);
  private static final AccountId ID = PROMETHEUS.id();

  private final TestingController world =
      new TestingController(8, new Services(List.of(PROMETHEUS)));

  @AfterEach
  void end() {
    world.controller.close();
  }

  @Test
  void hasAPairInItsSecretWithRightsOfItsOwn() {
    Outcome outcome = pass();

    assertThat(outcome).isEqualTo(new Outcome.Done("new"));
    assertThat(secret()).containsOnlyKeys("cert.pem", "key.pem", "ca.crt");
    ParsedCertificate certificate = certificate();
    assertThat(certificate.fingerprint()).isEqualTo(newest().certificate());
    assertThat(certificate.subjectName().orElseThrow().commonName()).isEqualTo("prometheus");
    assertThat(certificate.subjectName().orElseThrow().organizations())
        .containsExactlyInAnyOrder("monitoring", newest().id().group(ID));
    assertThat(bound()).containsExactly(newest().id());
    assertThat(pass()).isEqualTo(new Outcome.Unchanged());
  }

  @Test
  void hasNewCredentialsWhenItsSecretIsDeletedAndTheOldOnesWorkForTheOverlap() {
    Object _ = pass();
    Credential first = newest();

    world.cluster.deleteSecret(ID);
    awaitNew(first);

    assertThat(secret()).isNotEmpty();
    assertThat(bound()).containsExactlyInAnyOrder(first.id(), newest().id());
    world.clock.advance(OVERLAP.plusSeconds(1));
    Object _ = pass();
    assertThat(bound()).containsExactly(newest().id());
  }

  /** A client that fetched the ones in between has them for as long as it was told. */
  @Test
  void keepsEachForItsOverlapWhenItIsRotatedAgainMeanwhile() {
    Object _ = pass();
    Credential first = newest();
    world.cluster.deleteSecret(ID);
    awaitNew(first);
    Credential second = newest();
    world.clock.advance(OVERLAP.dividedBy(2));

    world.cluster.deleteSecret(ID);
    awaitNew(second);

    assertThat(bound()).containsExactlyInAnyOrder(first.id(), second.id(), newest().id());
    world.clock.advance(OVERLAP.dividedBy(2).plusSeconds(1));
    Object _ = pass();
    assertThat(bound()).containsExactlyInAnyOrder(second.id(), newest().id());
    world.clock.advance(OVERLAP.dividedBy(2));
    Object _ = pass();
    assertThat(bound()).containsExactly(newest().id());
  }

  @Test
  void isRotatedOnRequestWithoutAMomentWithoutASecret() {
    Object _ = pass();
    Credential first = newest();

    world.cluster.change(
        ID,
        was ->
            Changed.delivery(was, new Delivery(HomeCondition.UNCHECKED, true, Optional.empty())));
    awaitNew(first);

    assertThat(world.journal.entries()).noneMatch(entry -> entry.startsWith("delete secret"));
    assertThat(pass()).isEqualTo(new Outcome.Unchanged());
  }

  @Test
  void isIssuedAnewWhenItsSecretWasEditedByHand() {
    Object _ = pass();
    Credential first = newest();
    world.cluster.change(
        ID,
        was ->
            Changed.delivery(
                was, new Delivery(HomeCondition.CREDENTIALS_DAMAGED, false, Optional.empty())));

    awaitNew(first);
  }

  @Test
  void isHeldWhileItsSecretIsSomebodyElses() {
    world.cluster.change(ID, was -> Changed.delivery(was, Delivery.impossible("somebody else's")));

    assertThat(pass()).isInstanceOf(Outcome.OnHold.class);
    assertThat(secret()).isEmpty();
    assertThat(bound()).isEmpty();
  }

  @Test
  void losesItsRightsWhenItIsNoLongerDeclared() {
    Object _ = pass();
    world.controller.close(); // else it would give them again
    try (var other = new TestingController(world, Services.NONE)) {
      PassReport _ = other.controller.pass();
    }
    assertThat(bound()).isEmpty();
  }

  /**
   * A client that fetches the pair once in half the overlap, and the controller's passes beside it.
   */
  @Test
  void isNeverRenewedLateNorLocksOutAClientInTwoHundredRotations() {
    Object _ = pass();
    Duration step = Duration.ofSeconds(10);
    Duration fetch = OVERLAP.dividedBy(2);
    Credential held = newest();
    Instant fetched = world.clock.instant();
    var issued = new HashSet<CredentialId>(Set.of(held.id()));
    int late = 0;
    int failed = 0;
    while (issued.size() <= 200) {
      world.clock.advance(step);
      if (world.clock.instant().getEpochSecond() % 60 < step.toSeconds()) {
        Object _ = pass();
      }
      Credential newest = newest();
      Instant now = world.clock.instant();
      late += now.isBefore(newest.notAfter()) ? 0 : 1;
      issued.add(newest.id());
      if (!now.isBefore(fetched.plus(fetch))) {
        fetched = now;
        held = newest;
      }
      failed += bound().contains(held.id()) && now.isBefore(held.notAfter()) ? 0 : 1;
    }

    assertThat(late).as("renewals that came after the end").isZero();
    assertThat(failed).as("requests that were refused").isZero();
  }

  private Outcome pass() {
    return world.controller.pass().outcomes().get(ID);
  }

  private void awaitNew(Credential before) {
    Waiting.until("new credentials", Duration.ofSeconds(10), () -> !newest().equals(before));
  }

  private Map<String, byte[]> secret() {
    return world.cluster.delivered(PROMETHEUS);
  }

  private ParsedCertificate certificate() {
    return ParsedCertificate.parse(secret().get("cert.pem")).getFirst();
  }

  private Credential newest() {
    return world.cluster.record(ID).flatMap(AccountRecord::credential).orElseThrow();
  }

  private Set<CredentialId> bound() {
    return world.cluster.observe(ID).bindings().values().stream()
        .map(ObservedBinding::subjects)
        .flatMap(Set::stream)
        .map(Subject::name)
        .flatMap(group -> CredentialId.ofGroup(ID, group).stream())
        .collect(Collectors.toSet());
  }
}
