package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates that cannot be told apart, where an operator wants one organization alone. */
class RevocationTest {
  private static final AccountId ID = AccountId.tool("wikibot");
  private static final Subject USER = Subject.user("wikibot");
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(10);

  private TestingController world = new TestingController(Revocation.NONE);

  @AfterEach
  void end() {
    world.controller.close();
  }

  @Test
  void certificatesHaveOneOrganizationAndTheUserHasTheRights() {
    provision();

    assertThat(organizations()).containsExactly("toolforge");
    assertThat(bound()).containsExactly(USER);
    assertThat(newest().id().hasGroup()).isFalse();
    assertThat(world.controller.pass().outcomes().get(ID)).isEqualTo(new Outcome.Unchanged());
  }

  @Test
  void newOnesComeBesideOldOnesWhoseRightsStay() {
    provision();
    Credential first = newest();

    refresh();

    assertThat(newest().id()).isGreaterThan(first.id());
    world.clock.advance(GRACE.plusSeconds(1));
    pass();
    assertThat(bound()).containsExactly(USER);
    assertThat(newest().number()).isEqualTo(2);
  }

  @Test
  void onesWithAGroupLoseTheirRightsAfterTheChange() {
    become(Revocation.GROUPS);
    pass();
    Subject group = Subject.group(newest().id().group(ID));
    become(Revocation.NONE);
    pass();
    assertThat(bound()).as("nothing is issued before it is due").containsExactly(group);

    refresh();

    assertThat(bound()).containsExactlyInAnyOrder(USER, group);
    world.clock.advance(GRACE.plusSeconds(1));
    pass();
    assertThat(bound()).containsExactly(USER);
  }

  @Test
  void onesWithoutAGroupLoseTheirRightsAfterTheChangeBack() {
    provision();
    become(Revocation.GROUPS);

    refresh();

    Subject group = Subject.group(newest().id().group(ID));
    assertThat(bound()).containsExactlyInAnyOrder(USER, group);
    world.clock.advance(GRACE.plusSeconds(1));
    pass();
    assertThat(bound()).containsExactly(group);
  }

  @Test
  void revokedOnesNeverWorkAgain() {
    provision();

    AdminCommands.Answer answer = commands().revoke(List.of(ID)).getFirst();

    assertThat(answer.text())
        .startsWith("its credentials have no rights any more. Its new certificates carry a group");
    pass();
    for (int renewals = 0; renewals < 3; renewals++) {
      assertThat(bound()).containsExactly(Subject.group(newest().id().group(ID)));
      assertThat(organizations()).hasSize(2);
      advanceTo(newest().notAfter().minus(Duration.ofDays(1)));
      pass();
      world.clock.advance(GRACE.plusSeconds(1));
      pass();
    }
  }

  @Test
  void aRemovedAccountIsNotForgottenWhileItsCertificateCouldServeTheNextOwner() {
    Account owner = provision();
    world.directory.remove(owner);
    world.directory.add(AccountId.tool("another"));
    pass();
    world.clock.advance(Duration.ofDays(41));
    pass();
    assertThat(world.cluster.observe(ID).tombstone()).isPresent();

    AdminCommands.Answer early = forget();

    assertThat(early.done()).isFalse();
    assertThat(early.text()).contains("its former owner", "credentials.revocation is none");
    advanceTo(world.cluster.observe(ID).tombstone().orElseThrow().notAfter());
    assertThat(forget().done()).isTrue();
  }

  private Account provision() {
    Account account = world.directory.add(ID);
    pass();
    return account;
  }

  private void pass() {
    PassReport _ = world.controller.pass();
  }

  private void refresh() {
    Credential before = newest();
    world.cluster.deleteStatus(ID);
    pass();
    Waiting.until("new credentials", SOON, () -> !newest().equals(before));
  }

  private void become(Revocation revocation) {
    var next = new TestingController(world, revocation);
    world.controller.close();
    world = next;
    world.directory.add(ID);
  }

  private void advanceTo(Instant moment) {
    world.clock.advance(Duration.between(world.clock.instant(), moment));
  }

  private AdminCommands commands() {
    return new AdminCommands(
        world.cluster, world.catalogue, Revocation.NONE, world.clock, new Random(1));
  }

  private AdminCommands.Answer forget() {
    return commands().forget(ID, Optional.empty());
  }

  private Credential newest() {
    return world.cluster.record(ID).flatMap(AccountRecord::credential).orElseThrow();
  }

  private List<String> organizations() {
    byte[] pem = world.homes.get(ID, HomeFile.TOOL_CERTIFICATE).orElseThrow();
    return ParsedCertificate.parse(pem).getFirst().subjectName().orElseThrow().organizations();
  }

  private Set<Subject> bound() {
    return world.cluster.observe(ID).bindings().values().stream()
        .map(ObservedBinding::subjects)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }
}
