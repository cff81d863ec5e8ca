package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Desired NOBODY = new Desired(List.of(), List.of());

    private final Brake brake = new Brake(policy(Set.of()));

    @Test
    void letsAFewDepart() {
        assertThat(judge(0, 0)).isEqualTo(new Brake.Verdict.Free());
        assertThat(judge(5, 5)).isEqualTo(new Brake.Verdict.Free());
    }

    @Test
    void refusesMoreThanAFewOfAFew() {
        assertThat(judge(6, 100)).isInstanceOfSatisfying(Brake.Verdict.Refused.class,
                refused -> assertThat(refused.reason()).contains("6 of 100 accounts", "at most 5 may",
                        "allow-removals"));
    }

    @Test
    void letsOneInAHundredDepartWhereThereAreMany() {
        assertThat(judge(35, 3_500)).isEqualTo(new Brake.Verdict.Free());
        assertThat(judge(36, 3_500)).isInstanceOf(Brake.Verdict.Refused.class);
    }

    @Test
    void refusesADirectoryThatHasLostEverybody() {
        assertThat(judge(10_000, 10_000)).isInstanceOf(Brake.Verdict.Refused.class);
    }

    @Test
    void believesAnAdminWhoAllowsAsMany() {
        Allowance allowance = allowance(6, NOW.plusSeconds(1));
        assertThat(brake.judge(NOBODY, 6, 100, Optional.of(allowance), NOW))
                .isEqualTo(new Brake.Verdict.Allowed(allowance));
    }

    @Test
    void doesNotUseAnAllowanceThatIsNotNeeded() {
        assertThat(brake.judge(NOBODY, 3, 100, Optional.of(allowance(6, NOW.plusSeconds(1))), NOW))
                .isEqualTo(new Brake.Verdict.Free());
    }

    @Test
    void doesNotBelieveAnAllowanceThatIsOverOrForFewer() {
        assertThat(brake.judge(NOBODY, 6, 100, Optional.of(allowance(6, NOW)), NOW))
                .isInstanceOf(Brake.Verdict.Refused.class);
        assertThat(brake.judge(NOBODY, 7, 100, Optional.of(allowance(6, NOW.plusSeconds(1))), NOW))
                .isInstanceOf(Brake.Verdict.Refused.class);
    }

    @Test
    void refusesEvenOneWhenASentinelIsMissing() {
        var watched = new Brake(policy(Set.of(new AccountName("sentinel"))));
        var complete = new Desired(List.of(new Account(AccountId.tool("sentinel"), new Uid(1001),
                new HomePath("/data/project/sentinel"), false)), List.of());

        assertThat(watched.judge(NOBODY, 1, 100, Optional.empty(), NOW)).isInstanceOfSatisfying(
                Brake.Verdict.Refused.class, refused -> assertThat(refused.reason()).contains("sentinel"));
        assertThat(watched.judge(complete, 1, 100, Optional.empty(), NOW)).isEqualTo(new Brake.Verdict.Free());
    }

    private Brake.Verdict judge(int departing, int provisioned) {
        return brake.judge(NOBODY, departing, provisioned, Optional.empty(), NOW);
    }

    private static Allowance allowance(int upTo, Instant until) {
        return new Allowance(upTo, until, "alice", NOW.minusSeconds(60));
    }

    private static DeparturePolicy policy(Set<AccountName> sentinels) {
        return new DeparturePolicy(false, Duration.ofDays(40), 5, 1, sentinels);
    }
}
