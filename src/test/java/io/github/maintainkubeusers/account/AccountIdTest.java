package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountIdTest {
    @Test
    void isTheSameForTheSameKindAndName() {
        assertThat(AccountId.tool(new String(new char[]{'a', 'b'}))).isEqualTo(AccountId.tool("ab"))
                .hasSameHashCodeAs(AccountId.tool("ab"));
        assertThat(AccountId.tool("ab")).isNotEqualTo(AccountId.admin("ab")).isNotEqualTo(AccountId.tool("ac"))
                .isNotEqualTo(null).isNotEqualTo("tool ab");
    }

    @Test
    void isOrderedByKindAndThenByName() {
        assertThat(AccountId.tool("b")).isGreaterThan(AccountId.tool("a")).isLessThan(AccountId.admin("a"))
                .isEqualByComparingTo(AccountId.tool("b"));
    }
}
