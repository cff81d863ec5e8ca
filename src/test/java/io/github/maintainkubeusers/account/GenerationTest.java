package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
    private static final AccountId TOOL = AccountId.tool("fourohfour");

    @Test
    void namesItsGroupAfterTheAccount() {
        assertThat(new Generation(7).group(TOOL)).isEqualTo("tool:fourohfour:7");
        assertThat(new Generation(7).group(AccountId.admin("fourohfour"))).isEqualTo("admin:fourohfour:7");
    }

    @Property
    void isFoundAgainInItsGroup(@ForAll("ids") AccountId id, @ForAll @IntRange(max = 999_999_999) int number) {
        var generation = new Generation(number);

        assertThat(Generation.ofGroup(id, generation.group(id))).contains(generation);
        assertThat(Generation.parse(generation.toString())).isEqualTo(generation);
    }

    @Property
    void isNeverFoundInAGroupOfAnotherAccount(@ForAll("ids") AccountId id, @ForAll("ids") AccountId other,
            @ForAll @IntRange(max = 999_999_999) int number) {
        assumeThat(id).isNotEqualTo(other);

        assertThat(Generation.ofGroup(id, new Generation(number).group(other))).isEmpty();
    }

    @Property
    void givesNoTwoAccountsTheSameGroup(@ForAll("ids") AccountId id, @ForAll("ids") AccountId other,
            @ForAll @IntRange(max = 20) int number, @ForAll @IntRange(max = 20) int otherNumber) {
        assumeThat(id).isNotEqualTo(other);

        assertThat(new Generation(number).group(id)).isNotEqualTo(new Generation(otherNumber).group(other));
    }

    @Test
    void isNotDeceivedByAToolWhoseNameIsMadeToLookLikeAGroup() {
        var odd = AccountId.tool("tool-a-7");

        assertThat(Generation.ofGroup(AccountId.tool("tool"), new Generation(3).group(odd))).isEmpty();
        assertThat(Generation.ofGroup(AccountId.tool("a"), new Generation(3).group(odd))).isEmpty();
        assertThat(Generation.ofGroup(odd, new Generation(3).group(odd))).contains(new Generation(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolforge", "tool:fourohfour", "tool:fourohfour:", "tool:fourohfour:-1",
            "tool:fourohfour:07", "tool:fourohfour:7 ", "tool:fourohfour:7:8", "tool:fourohfour:1000000000",
            "Tool:fourohfour:7", "tool:fourohfour2:7", "xtool:fourohfour:7", "system:masters", ""})
    void isNotFoundInAnythingElse(String group) {
        assertThat(Generation.ofGroup(TOOL, group)).isEmpty();
    }

    @Test
    void goesUpByOneUntilItsEnd() {
        assertThat(Generation.ADOPTED.next()).isEqualTo(new Generation(1));
        assertThat(new Generation(9)).isLessThan(new Generation(10));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Generation(999_999_999).next());
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Generation(-1));
    }

    /** Also names that begin like kinds and groups do. */
    @Provide
    Arbitrary<AccountId> ids() {
        var names = Arbitraries.of("a", "b", "tool", "admin", "tool-a", "a-1", "1", "7", "a-b", "admin-a");
        return Combinators.combine(Arbitraries.of(AccountKind.values()), names)
                .as((kind, name) -> new AccountId(kind, new AccountName(name)));
    }
}
