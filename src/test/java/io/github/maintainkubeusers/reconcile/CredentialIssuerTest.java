package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.StoredCredentials;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.PlanContext.KeptCredentials;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialIssuerTest {
  private static final Account TOOL = account(AccountId.tool("fourohfour"), 1001);
  private static final Account ADMIN = account(AccountId.admin("alice"), 2001);
  private static final CredentialId ID = new CredentialId("01k8c8nuv5hn0dd2pb6e");
  private static final CredentialId NEXT = new CredentialId("01k8c8nuv5hn0dd2pb6f");
  private static final CredentialIssuer.Basis PLAIN =
      new CredentialIssuer.Basis(AdminFacts.NONE, "a namespace");
  private static final CredentialIssuer.Basis FORGOTTEN =
      new CredentialIssuer.Basis(AdminFacts.NONE.withForgotten(new Uid(1000)), "a namespace");

  private final Journal journal = new Journal();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));
  private final InMemoryCluster cluster = new InMemoryCluster(journal, clock);
  private final CredentialIssuer issuer =
      new CredentialIssuer(
          cluster,
          new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge"),
          Services.NONE,
          new SecureRandom(),
          clock);

  @Test
  void obtainsAKeyAndItsCertificateWithTheGroupOfItsId() {
    CheckedSigning.Issued tool = issue(TOOL, ID);
    CheckedSigning.Issued admin = issue(ADMIN, NEXT);

    assertThat(organizations(tool, "fourohfour"))
        .containsExactlyInAnyOrder("toolforge", "tool:fourohfour:" + ID);
    assertThat(organizations(admin, "alice"))
        .containsExactlyInAnyOrder("admins", "admin:alice:" + NEXT);
    assertThat(
            StoredCredentials.fit(
                tool.certificate().toPem(), tool.key().toPem(), tool.certificate().fingerprint()))
        .isTrue();
  }

  @Test
  void recordsWhatTheCertificateSays() {
    CheckedSigning.Issued issued = issue(TOOL, ID);

    var credential = CredentialIssuer.credential(ID, 4, issued.certificate());

    assertThat(credential.id()).isEqualTo(ID);
    assertThat(credential.number()).isEqualTo(4);
    assertThat(credential.certificate()).isEqualTo(issued.certificate().fingerprint());
    assertThat(credential.notAfter()).isEqualTo(issued.certificate().notAfter());
  }

  @Test
  void keepsWhatWasSignedAndNeedsNoOtherSignatureForIt() {
    CheckedSigning.Issued issued = issue(TOOL, ID);
    assertThat(kept(TOOL)).contains(new KeptCredentials(ID, TOOL.uid()));

    assertThat(issue(TOOL, ID)).isSameAs(issued);

    assertThat(journal.count("sign request of tool fourohfour")).isEqualTo(1);
  }

  @Test
  void signsForEachAccountAlone() {
    Object _ = issue(TOOL, ID);

    assertThat(kept(ADMIN)).isEmpty();
    Object _ = issue(ADMIN, ID);
    assertThat(journal.count("sign")).isEqualTo(2);
    issuer.release(ADMIN.id());
    assertThat(kept(TOOL)).isPresent();
  }

  @Test
  void keepsTheLastOnly() {
    CheckedSigning.Issued first = issue(TOOL, ID);
    CheckedSigning.Issued second = issue(TOOL, NEXT);

    assertThat(second).isNotEqualTo(first);
    assertThat(kept(TOOL)).contains(new KeptCredentials(NEXT, TOOL.uid()));
    assertThat(issue(TOOL, ID)).isNotIn(first, second);
  }

  @Test
  void keepsNothingAfterItIsRecorded() {
    CheckedSigning.Issued issued = issue(TOOL, ID);

    issuer.release(TOOL.id());

    assertThat(kept(TOOL)).isEmpty();
    assertThat(issue(TOOL, ID)).isNotSameAs(issued);
  }

  @Test
  void offersNothingThatWasSignedBeforeAnAdminStatedSomething() {
    Object _ = issue(TOOL, ID);
    assertThat(issuer.kept(TOOL.id(), FORGOTTEN)).isEmpty();

    Object _ = issuer.issue(TOOL, NEXT, FORGOTTEN);
    assertThat(issuer.kept(TOOL.id(), FORGOTTEN)).contains(new KeptCredentials(NEXT, TOOL.uid()));
  }

  @Test
  void saysForWhomItWasSigned() {
    Account another = account(TOOL.id(), 1002);
    Object _ = issue(another, ID);

    assertThat(kept(TOOL)).contains(new KeptCredentials(ID, new Uid(1002)));
  }

  @Test
  void offersNothingAfterHalfADayWhereverTheClockGoes() {
    Object _ = issue(TOOL, ID);
    clock.advance(Duration.ofHours(12).minusMillis(1));
    assertThat(kept(TOOL)).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(kept(TOOL)).isEmpty();

    clock.advance(Duration.ofDays(-1).plusMillis(1));
    assertThat(kept(TOOL)).isPresent();
    clock.advance(Duration.ofMillis(-1));
    assertThat(kept(TOOL)).isEmpty();
  }

  @Test
  void keepsNothingThatWasNotSigned() {
    var denied =
        new ClusterException(ClusterException.Reason.OTHER, "could not sign: it was denied");
    Runnable heal = journal.failOn("sign", denied);

    assertThatThrownBy(() -> issue(TOOL, ID)).isSameAs(denied);
    assertThat(kept(TOOL)).isEmpty();

    heal.run();
    assertThat(issue(TOOL, ID)).isNotNull();
  }

  @Test
  void keepsNothingOfAnAuthorityThatTheClusterDoesNotTrustAndSaysWhose() {
    cluster.signWith(TestingAuthority.root("CN=somebody else", clock.instant()));

    assertThatThrownBy(() -> issue(TOOL, ID))
        .isInstanceOf(CredentialException.class)
        .hasMessageEndingWith("(tool fourohfour)");
    assertThat(kept(TOOL)).isEmpty();
  }

  @Test
  void triesACertificateWhereTheClientCasAreNotKnown() {
    var clientCa = TestingAuthority.root("CN=client-ca", clock.instant());
    cluster.hideClientCa(clientCa);
    cluster.signWith(clientCa);

    CheckedSigning.Issued issued = issue(TOOL, ID);

    assertThat(journal.count("try a certificate")).isEqualTo(1);
    assertThat(issuer.signing()).contains(issued.certificate().issuerFingerprint());
    assertThat(issue(ADMIN, NEXT).certificate().issuerFingerprint())
        .isEqualTo(issued.certificate().issuerFingerprint());
  }

  @Test
  void keepsNothingThatTheApiServerTakesForNobody() {
    cluster.hideClientCa(TestingAuthority.root("CN=client-ca", clock.instant()));
    cluster.signWith(TestingAuthority.root("CN=somebody else", clock.instant()));

    assertThatThrownBy(() -> issue(TOOL, ID))
        .isInstanceOf(CredentialException.class)
        .hasMessage(
            "could not accept the issued certificate: the API server does not accept it in a"
                + " request; its issuer is CN=somebody else (tool fourohfour)");
    assertThat(kept(TOOL)).isEmpty();
  }

  @Test
  void triesACertificateAlsoOfTheServersCaWhereTheClientCasAreNotKnown() {
    cluster.hideClientCa(TestingAuthority.root("CN=client-ca", clock.instant()));

    assertThatThrownBy(() -> issue(TOOL, ID))
        .hasMessageContaining("does not accept it in a request; its issuer is CN=kubernetes");
  }

  @Test
  void keepsNothingWhenTheCertificateCouldNotBeTried() {
    var clientCa = TestingAuthority.root("CN=client-ca", clock.instant());
    cluster.hideClientCa(clientCa);
    cluster.signWith(clientCa);
    var away = new ClusterException(ClusterException.Reason.UNAVAILABLE, "could not try it");
    Runnable heal = journal.failOn("try a certificate", away);

    assertThatThrownBy(() -> issue(TOOL, ID)).isSameAs(away);
    assertThat(kept(TOOL)).isEmpty();

    heal.run();
    assertThat(issue(TOOL, ID)).isNotNull();
  }

  @Test
  void probesWithACertificateThatGivesNothing() {
    issuer.probe();
    String signer = issuer.signing().orElseThrow();

    assertThat(signer).isEqualTo(issue(TOOL, ID).certificate().issuerFingerprint());
    assertThat(journal.entries()).contains("sign request of probe");
  }

  private CheckedSigning.Issued issue(Account account, CredentialId id) {
    return issuer.issue(account, id, PLAIN);
  }

  private Optional<KeptCredentials> kept(Account account) {
    return issuer.kept(account.id(), PLAIN);
  }

  private Iterable<String> organizations(CheckedSigning.Issued issued, String commonName) {
    return StoredCredentials.organizations(
        issued.certificate().toPem(), commonName, CaBundle.parse(cluster.endpoint().caBundle()));
  }

  private static Account account(AccountId id, int uid) {
    return new Account(id, new Uid(uid), new HomePath("/data/project/" + id.name()), false);
  }
}
