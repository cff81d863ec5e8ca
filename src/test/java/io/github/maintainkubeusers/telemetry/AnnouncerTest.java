package io.github.maintainkubeusers.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Upkeep;
import io.github.maintainkubeusers.cluster.ClusterEvent;
import io.github.maintainkubeusers.cluster.ClusterException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.Departure;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.DepartureStep;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.testing.Changed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told. */
class AnnouncerTest {
    private static final AccountId TOOL = AccountId.tool("fourohfour");
    private static final AccountId ADMIN = AccountId.admin("alice");
    private final ClusterException unavailable = new ClusterException(ClusterException.Reason.UNAVAILABLE,
            "could not create it: the API server cannot be reached");

    private final TestingTelemetry t = new TestingTelemetry();
    private final List<ClusterEvent> said = new CopyOnWriteArrayList<>();
    private final Announcer announcer = new Announcer(t.cluster, new Announcements(said::add, t.clock));

    @BeforeEach
    void provision() {
        t.provisioned(TOOL, TestingTelemetry.NOW.plus(Duration.ofDays(365)));
    }

    @AfterEach
    void end() {
        t.close();
    }

    @Test
    void tellsOfNewCredentialsWhereTheyAreAndUntilWhen() {
        worked("new", new Step.Issue(new Generation(1)));
        says("CredentialsIssued", false,
                "Key, certificate and kubeconfig are in /data/project/fourohfour. They end on 2027-11-22T03:50:14Z");
    }

    @Test
    void tellsOfReplacedCredentialsWhyTheyWere() {
        worked("refresh", new Step.Issue(new Generation(2)));
        says("CredentialsRenewed", false, "New key and certificate are in /data/project/fourohfour (refresh).");
    }

    @Test
    void tellsOfQuarantineAndOfItsEnd() {
        announcer.on(new Happening.Departed(new DeparturePlan(new Departure(TOOL, Optional.empty()), "quarantined",
                true, List.of(new DepartureStep.Block(), new DepartureStep.RecordQuarantine()))));
        says("Quarantined", true, "This tool is no longer in the directory");
        worked("restored", new Step.Unblock(), new Step.RecordReturn(Upkeep.NONE));
        says("Restored", false, "enabled again");
    }

    @Test
    void tellsWhatToDoAboutAKubeconfigThatCannotBeRead() {
        announcer.on(new Happening.AccountFailed(TOOL, new IllegalStateException(new HomeException(HomeFault.OWNER,
                "could not merge into /data/project/fourohfour/.kube/config: line 3; it was left as it is:"
                        + " correct it or delete it",
                unreadable()))));
        says("KubeconfigUnreadable", true, "correct it or delete it. Until then this tool gets no new credentials");
    }

    @Test
    void tellsTheOwnerWhatStandsInTheWayInTheHome() {
        announcer.on(new Happening.AccountFailed(TOOL,
                new HomeException(HomeFault.OWNER,
                        "could not open /data/project/fourohfour/.toolskube: it is a link")));
        says("HomeBlocked", true, "it is a link. Put it right or take it away");
    }

    @Test
    void tellsOfADelayOnlyThoseWhoWaitForNewCredentials() {
        announcer.on(new Happening.AccountFailed(TOOL, unavailable));
        assertThat(said).isEmpty();
        t.cluster.deleteMarker(TOOL);
        announcer.on(new Happening.AccountFailed(TOOL, unavailable));
        says("RefreshDelayed", true, "those that you have go on working. The cause: could not create it");
    }

    @Test
    void tellsWhoAskedTooOftenWhenNewCredentialsCome() {
        worked("refresh delayed", new Step.DelayRefresh(Upkeep.NONE),
                new Step.WriteMarker(new Marker("new credentials at noon: they were asked for too often", "", true)));
        says("RefreshDelayed", true, "new credentials at noon: they were asked for too often.");
    }

    @Test
    void tellsAdminsOfTheHeldAndTheirOwnersWhereTheyHaveANamespace() {
        t.finished(Map.of());
        var held = new Held(AccountKind.TOOL, TOOL.name().value(), HoldReason.SHARED_UID, "it is shared with x");
        var odd = new Held(AccountKind.TOOL, "Odd\n", HoldReason.INVALID_NAME, "it is odd");
        finished(Map.of(ADMIN, new Outcome.OnHold(Held.of(ADMIN, HoldReason.NAME_REUSED, "re-used"))), held, odd);

        says("Held", true, "This tool is held (shared-uid): it is shared with x.");
        assertThat(inOwnNamespace("AccountsHeld").message()).startsWith("3 held").contains(
                "admin \"alice\" (name-reused)",
                "tool \"Odd\\u{a}\" (invalid-name)", "tool \"fourohfour\" (shared-uid)");
    }

    @Test
    void namesAFewOfManyHeld() {
        finished(Map.of(), IntStream.range(0, 500).mapToObj(
                i -> new Held(AccountKind.TOOL, "-" + i, HoldReason.INVALID_NAME, "it is odd")).toArray(Held[]::new));
        assertThat(inOwnNamespace("AccountsHeld").message()).startsWith("500 held").contains("and others")
                .hasSizeLessThan(1000);
    }

    @Test
    void tellsAdminsWhyNobodyIsRemoved() {
        finished(Map.of(TOOL, new Outcome.Refused("300 of 300 accounts would lose access")));
        assertThat(inOwnNamespace("RemovalsRefused").message())
                .isEqualTo("Nobody is removed: 300 of 300 accounts would lose access.");
    }

    @Test
    void saysTheSameAgainOnlyNowAndThenAndCountsIt() {
        t.cluster.deleteMarker(TOOL);
        for (int minute = 0; minute <= 60; minute++) {
            announcer.on(new Happening.AccountFailed(TOOL, unavailable));
            t.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(said).extracting(ClusterEvent::count).containsExactly(1, 2, 3);
        assertThat(said).extracting(ClusterEvent::first).containsOnly(TestingTelemetry.NOW);
        assertThat(said).extracting(ClusterEvent::name).containsOnly("maintain-kubeusers.refresh-delayed");

        t.clock.advance(Duration.ofHours(2));
        finished(Map.of());
        announcer.on(new Happening.AccountFailed(TOOL, unavailable));
        assertThat(said.getLast().count()).isEqualTo(1);
    }

    @Test
    void saysNothingWhereTheNamespaceIsNotOursOrGoing() {
        for (NamespaceState state : Set.of(NamespaceState.FOREIGN, NamespaceState.TERMINATING, NamespaceState.ABSENT)) {
            t.cluster.change(TOOL, was -> Changed.namespace(Observed.nothing(TOOL), state));
            worked("new", new Step.Issue(new Generation(1)));
            finished(Map.of(), Held.of(TOOL, HoldReason.FOREIGN_NAMESPACE, "it is somebody else's"));
        }
        assertThat(said).extracting(ClusterEvent::reason).containsOnly("AccountsHeld");
    }

    private static KubeconfigException unreadable() {
        try {
            Kubeconfig.merge("users: [".getBytes(UTF_8), new KubeconfigEntry("c", "c",
                    "u", "https://x", new byte[0], Optional.empty(), "crt", "key"));
            throw new AssertionError("it can be read");
        } catch (KubeconfigException e) {
            return e;
        }
    }

    private void worked(String why, Step... steps) {
        announcer.on(new Happening.Worked(TestingTelemetry.account(TOOL), why, List.of(steps)));
    }

    private void finished(Map<AccountId, Outcome> outcomes, Held... held) {
        announcer.on(new Happening.PassFinished(
                new PassReport(outcomes, List.of(held), Duration.ZERO)));
    }

    private void says(String reason, boolean warning, String text) {
        ClusterEvent event = said.stream().filter(one -> one.reason().equals(reason)).reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(reason + " is not among " + said));
        assertThat(event.tool()).contains(TOOL);
        assertThat(event.warning()).isEqualTo(warning);
        assertThat(event.message()).contains(text);
    }

    private ClusterEvent inOwnNamespace(String reason) {
        return said.stream().filter(one -> one.reason().equals(reason) && one.tool().isEmpty()).findFirst()
                .orElseThrow();
    }
}
