package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import org.junit.jupiter.api.Test;

class RemovalGuardTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final WantedAccounts NOBODY = WantedAccounts.NONE;

    private final RemovalGuard guard = new RemovalGuard(policy(Set.of()));

    @Test
    void letsAFewGo() {
        assertThat(judge(0, 0)).isEqualTo(new RemovalGuard.Verdict.Free());
        assertThat(judge(5, 5)).isEqualTo(new RemovalGuard.Verdict.Free());
    }

    @Test
    void refusesMoreThanAFewOfAFew() {
        assertThat(judge(6, 100)).isInstanceOfSatisfying(RemovalGuard.Verdict.Refused.class,
                refused -> assertThat(refused.reason()).contains("6 of 100 accounts", "at most 5 may",
                        "allow-removals"));
    }

    @Test
    void letsOneInAHundredGoWhereThereAreMany() {
        assertThat(judge(35, 3_500)).isEqualTo(new RemovalGuard.Verdict.Free());
        assertThat(judge(36, 3_500)).isInstanceOf(RemovalGuard.Verdict.Refused.class);
    }

    @Test
    void refusesADirectoryThatHasLostEverybody() {
        assertThat(judge(10_000, 10_000)).isInstanceOf(RemovalGuard.Verdict.Refused.class);
    }

    @Test
    void believesAnAdminWhoAllowsAsMany() {
        RemovalApproval approval = approval(6, NOW.plusSeconds(1));
        assertThat(guard.judge(NOBODY, 6, 100, Optional.of(approval), NOW))
                .isEqualTo(new RemovalGuard.Verdict.Allowed(approval));
    }

    @Test
    void doesNotUseAnApprovalThatIsNotNeeded() {
        assertThat(guard.judge(NOBODY, 3, 100, Optional.of(approval(6, NOW.plusSeconds(1))), NOW))
                .isEqualTo(new RemovalGuard.Verdict.Free());
    }

    @Test
    void doesNotBelieveAnApprovalThatIsOverOrForFewer() {
        assertThat(guard.judge(NOBODY, 6, 100, Optional.of(approval(6, NOW)), NOW))
                .isInstanceOf(RemovalGuard.Verdict.Refused.class);
        assertThat(guard.judge(NOBODY, 7, 100, Optional.of(approval(6, NOW.plusSeconds(1))), NOW))
                .isInstanceOf(RemovalGuard.Verdict.Refused.class);
    }

    @Test
    void refusesEvenOneWhenASentinelIsMissing() {
        var watched = new RemovalGuard(policy(Set.of(new AccountName("sentinel"))));
        var sentinel = new Account(AccountId.tool("sentinel"), new Uid(1001), new HomePath("/data/project/sentinel"),
                false);
        var complete = new WantedAccounts(new TreeMap<>(Map.of(sentinel.id(), sentinel)), new TreeMap<>(), List.of());

        assertThat(watched.judge(NOBODY, 1, 100, Optional.empty(), NOW)).isInstanceOfSatisfying(
                RemovalGuard.Verdict.Refused.class, refused -> assertThat(refused.reason()).contains("sentinel"));
        assertThat(watched.judge(complete, 1, 100, Optional.empty(), NOW)).isEqualTo(new RemovalGuard.Verdict.Free());
    }

    private RemovalGuard.Verdict judge(int removals, int provisioned) {
        return guard.judge(NOBODY, removals, provisioned, Optional.empty(), NOW);
    }

    private static RemovalApproval approval(int upTo, Instant until) {
        return new RemovalApproval(upTo, until, "alice", NOW.minusSeconds(60));
    }

    private static RemovalPolicy policy(Set<AccountName> sentinels) {
        return new RemovalPolicy(false, Duration.ofDays(40), 5, 1, sentinels);
    }
}
