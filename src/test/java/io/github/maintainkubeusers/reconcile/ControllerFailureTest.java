package io.github.maintainkubeusers.reconcile;

import static io.github.maintainkubeusers.reconcile.TestingController.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails, and what does not fail with it. */
@Timeout(60)
class ControllerFailureTest extends WithController {
  @Test
  void recordsNothingWhenTheHomeCannotTakeTheCredentials() {
    Account tool = t.tool("fourohfour");
    t.journal.failOn(
        "write home", new HomeException("could not write client.key: the disk is full"));

    Outcome outcome = t.pass(tool);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.message())
                    .isEqualTo("could not write client.key: the disk is full"));
    assertThat(t.cluster.record(tool.id())).isEmpty();
    assertThat(t.journal.count("record")).isZero();
  }

  @Test
  void issuesNoOtherCertificateForAHomeThatCannotTakeOneAndUsesItWhenItCan() {
    Account tool = t.tool("fourohfour");
    Runnable heal =
        t.journal.failOn("write home", new HomeException("could not write client.key: full"));

    for (int pass = 0; pass < 5; pass++) {
      assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class);
      t.clock.advance(SOON);
    }
    assertThat(t.cluster.observe(tool.id()).bindings().values())
        .allSatisfy(binding -> assertThat(binding.subjects()).hasSize(1));

    heal.run();
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));
    assertThat(t.journal.count("sign")).isEqualTo(1);
    settle();
  }

  /**
   * Two controllers at once by mistake: ours put its key beside the other's certificate, and failed
   * then.
   */
  @Test
  void looksIntoAHomeThatTookOnlyAPartOfTheCredentials() {
    Account tool = provisioned("fourohfour");
    Runnable heal = t.journal.failOn("write home", new HomeException("could not write client.crt"));
    t.cluster.deleteStatus(tool.id());
    awaitFailure();
    heal.run();
    t.homes.put(tool.id(), HomeFile.TOOL_KEY, "ours".getBytes(UTF_8));
    showStatus(tool);
    t.clock.advance(SOON);

    awaitOtherKey(tool, "ours");
  }

  /** Another controller, at work by mistake, has bound its credentials and writes them now. */
  @Test
  void looksIntoAHomeWhenABindingNamesCredentialsThatAreNotRecorded() {
    Account tool = provisioned("fourohfour");
    var theirs = new CredentialId("0".repeat(20));
    t.cluster.change(
        tool.id(),
        was ->
            Changed.bindings(
                was,
                bindings ->
                    bindings.replaceAll(
                        (_, bound) -> {
                          var subjects = new HashSet<>(bound.subjects());
                          subjects.addAll(Rights.subjects(tool.id(), Set.of(theirs)));
                          return new ObservedBinding(bound.role(), subjects);
                        })));
    t.homes.put(tool.id(), HomeFile.TOOL_KEY, "theirs".getBytes(UTF_8));

    awaitOtherKey(tool, "theirs");
  }

  @Test
  void looksIntoAHomeWhoseNewCredentialsCouldNotBeRecorded() {
    Account tool = provisioned("fourohfour");
    Runnable heal = t.journal.failOn("record", unavailable);
    t.cluster.deleteStatus(tool.id());
    awaitFailure();
    heal.run();
    t.homes.put(tool.id(), HomeFile.TOOL_KEY, "theirs".getBytes(UTF_8));
    showStatus(tool);
    t.clock.advance(Duration.ofMinutes(10));

    awaitOtherKey(tool, "theirs");
  }

  @Test
  void withholdsNoCredentialsWhenTheKubeconfigCannotBeMergedAndTellsTheOwner() {
    Account tool = t.tool("fourohfour");
    t.homes.put(tool.id(), HomeFile.KUBECONFIG, "clusters: [".getBytes(UTF_8));

    Outcome outcome = t.pass(tool);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.message())
                    .contains(
                        "/data/project/fourohfour/.kube/config of tool fourohfour",
                        "it was left as it is"));
    assertThat(file(tool, HomeFile.KUBECONFIG)).isEqualTo("clusters: [");
    assertThat(file(tool, HomeFile.TOOL_CERTIFICATE)).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(t.cluster.record(tool.id())).isPresent();
    assertThat(t.cluster.observe(tool.id()).status().orElseThrow().status())
        .contains("without a kubeconfig", "it was left as it is", "/.toolskube/client.crt");
    assertThat(t.pass(tool))
        .as("tried again, and no new certificate")
        .isInstanceOf(Outcome.Failed.class);
    assertThat(t.journal.count("sign")).isEqualTo(1);
  }

  @Test
  void takesUpAHomeThatWasPutRightInTheNextPass() {
    Account tool = t.tool("fourohfour");
    t.homes.put(tool.id(), HomeFile.KUBECONFIG, "clusters: [".getBytes(UTF_8));
    assertThat(t.pass(tool))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.retryAt()).isEmpty());
    settle();

    t.homes.put(tool.id(), HomeFile.KUBECONFIG, "kind: Config\nclusters: []\n".getBytes(UTF_8));

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("repair"));
    assertThat(file(tool, HomeFile.KUBECONFIG)).contains("tf-fourohfour");
    assertThat(t.pass(tool)).isIn(new Outcome.Done("repair"), new Outcome.Unchanged());
    assertThat(t.cluster.observe(tool.id()).status().orElseThrow().status())
        .isEqualTo("user created");
  }

  @Test
  void triesAHomeThatFailsAgainInEveryPass() {
    Account admin = t.admin("alice");
    t.journal.failOn("prepare home", new HomeException("could not open it"));

    for (int pass = 0; pass < 3; pass++) {
      assertThat(t.pass(admin))
          .isEqualTo(new Outcome.Failed("could not open it", Optional.empty()));
    }

    assertThat(t.journal.count("prepare home")).isEqualTo(3);
  }

  @Test
  void looksOnceMoreAfterTheEventsOfItsOwnChangesHoweverManyThereAre() {
    Account tool = t.tool("fourohfour");
    t.journal.failOn("prepare home", new HomeException("could not open it"));

    assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class);
    settle();

    assertThat(t.journal.count("put")).isEqualTo(2);
    assertThat(t.journal.count("prepare home")).isBetween(1L, 2L);
  }

  @Test
  void asksTheClusterAgainOnlyWhenTheBackOffIsOver() {
    Account tool = t.tool("fourohfour");
    Runnable repair = t.journal.failOn("apply namespace", unavailable);
    Instant retryAt = retryAt(t.pass(tool)).orElseThrow();
    assertThat(retryAt).isBetween(START.plusSeconds(4), START.plusSeconds(6));
    repair.run();

    assertThat(t.pass(tool))
        .isEqualTo(new Outcome.Failed(unavailable.getMessage(), Optional.of(retryAt)));
    assertThat(t.journal.count("apply namespace")).isEqualTo(1);

    t.clock.advance(Duration.between(START, retryAt));
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));
  }

  @Test
  void triesAgainByItselfWhenTheBackOffIsOver() {
    Account tool = t.tool("fourohfour");
    Runnable repair = t.journal.failOn("apply namespace", unavailable);
    assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class);
    repair.run();
    t.clock.advance(Duration.ofMinutes(1));

    Waiting.until("it is provisioned", SOON, () -> t.cluster.record(tool.id()).isPresent());
  }

  /** A long back-off does not outlive the fault of the connection that caused it. */
  @Test
  void triesAgainAtOnceWhenTheConnectionWorksAgain() {
    Account tool = t.tool("fourohfour");
    Runnable heal = t.journal.failOn("apply namespace", unavailable);
    for (int failure = 0; failure < 8; failure++) {
      t.clock.advance(Duration.ofMinutes(15));
      assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class);
    }
    heal.run();

    t.cluster.reconnect();

    Waiting.until("it is provisioned", SOON, () -> t.cluster.record(tool.id()).isPresent());
  }

  /** Each failure is followed by one attempt, however many passes have seen it. */
  @Test
  void doesNotTryMoreOftenForHavingBeenLookedAtMoreOften() throws InterruptedException {
    Account tool = t.tool("fourohfour");
    t.journal.failOn("apply namespace", unavailable);
    IntStream.range(0, 50)
        .forEach(_ -> assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class));
    long looks = t.journal.count("observe");

    Waiting.until("it was tried again", SOON, () -> t.journal.count("observe") > looks);
    Thread.sleep(500);

    assertThat(t.journal.count("observe") - looks).isLessThan(20);
  }

  @Test
  void recordsNothingWhenTheCertificateIsRefused() {
    Account tool = t.tool("fourohfour");
    t.cluster.signWith(TestingAuthority.root("CN=kubernetes", START));

    assertThat(t.pass(tool))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.message())
                  .contains(
                      "none of the CAs that the API server knows clients by", "tool fourohfour");
              assertThat(failed.retryAt()).isPresent();
            });

    assertThat(t.journal.count("write home")).isZero();
    assertThat(t.cluster.record(tool.id())).isEmpty();
    t.cluster.signAgain();
    t.clock.advance(SOON);
    t.controller.pass();
    awaitGeneration(tool, 1);
  }

  @Test
  void letsNobodyElseSufferFromOnesFailure() {
    Account bad = t.tool("bad");
    List<Account> others = Stream.of("a", "b", "y", "z").map(t::tool).toList();
    t.journal.failOn("apply namespace of tool bad", new IllegalStateException("a bug"));

    var outcomes = t.controller.pass().outcomes();

    assertThat(outcomes.get(bad.id()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).contains("internal error", "a bug"));
    others.forEach(
        other -> assertThat(outcomes.get(other.id())).isEqualTo(new Outcome.Done("new")));
  }

  @Test
  void letsNobodyElseSufferFromOneThatCannotEvenBeLookedAt() {
    Account bad = t.tool("bad");
    Account good = t.tool("good");
    t.journal.failOn("observe tool bad", new IllegalStateException("a bug"));

    var outcomes = t.controller.pass().outcomes();

    assertThat(outcomes.get(bad.id()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).contains("could not be planned", "a bug"));
    assertThat(outcomes.get(good.id())).isEqualTo(new Outcome.Done("new"));
  }

  @Test
  void survivesARuntimeExceptionOfAHome() {
    Account tool = t.tool("fourohfour");
    t.journal.failOn("prepare home", new IllegalArgumentException("a bug"));

    assertThat(retryAt(t.pass(tool))).isPresent();
  }

  @Test
  void runsThePassAlsoWhenStaleRequestsCannotBeDeleted() {
    Account tool = t.tool("fourohfour");
    t.journal.failOn("delete stale objects", unavailable);

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));
  }

  @Test
  void doesNotRunWithoutTheDirectoryOrTheCluster() {
    Account tool = t.tool("fourohfour");
    Runnable directory =
        t.journal.failOn("read directory", new DirectoryException("could not read it"));
    assertThatExceptionOfType(DirectoryException.class).isThrownBy(t.controller::pass);
    directory.run();
    Runnable cluster = t.journal.failOn("load", unavailable);
    assertThatExceptionOfType(ClusterException.class).isThrownBy(t.controller::pass);
    cluster.run();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));
  }

  private void awaitFailure() {
    Waiting.until(
        "it has failed",
        SOON,
        () ->
            t.events.of(ControllerEvent.Settled.class).stream()
                .anyMatch(settled -> settled.outcome() instanceof Outcome.Failed));
  }

  private void awaitOtherKey(Account tool, String before) {
    Waiting.until(
        "the credentials are replaced",
        SOON,
        () ->
            t.pass(tool).equals(new Outcome.Unchanged())
                && !file(tool, HomeFile.TOOL_KEY).equals(before));
  }

  /** Another controller answers the request for new credentials. */
  private void showStatus(Account tool) {
    t.cluster.change(
        tool.id(),
        was ->
            Changed.status(
                was,
                Optional.of(
                    CredentialStatus.of(
                        AccountKind.TOOL,
                        t.cluster
                            .record(tool.id())
                            .flatMap(AccountRecord::credential)
                            .orElseThrow(),
                        Optional.empty()))));
  }
}
