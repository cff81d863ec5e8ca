package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final AccountId TOOL = AccountId.tool("a");
    private static final AccountId ADMIN = AccountId.admin("a");

    private final Changes changes = new Changes();

    @Test
    void countsWhatHappensInANamespaceForItsToolAlone() {
        changes.of("tool-a");
        changes.of("tool-a");

        assertThat(changes.seen(TOOL)).isEqualTo(2);
        assertThat(changes.seen(ADMIN)).isZero();
        assertThat(changes.seen(AccountId.tool("b"))).isZero();
    }

    @Test
    void countsWhatAllShareForEverybody() {
        changes.of("tool-a");
        changes.ofAll();

        assertThat(changes.seen(TOOL)).isEqualTo(2);
        assertThat(changes.seen(ADMIN)).isEqualTo(1);
    }

    @Test
    void countsAllThatHappensAnywhere() {
        changes.of("tool-a");
        changes.of("kube-system");
        changes.ofAll();

        assertThat(changes.total()).isEqualTo(3);
    }
}
