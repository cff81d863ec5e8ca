package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;

import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Uid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never gets as far as the kernel. */
class NamesTest {
    private final List<SystemCall> made = new ArrayList<>();
    private final Syscalls sys = new Syscalls((call, _, _, _, _, _) -> {
        made.add(call);
        return 0;
    }, Architecture.X86_64);

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "/etc", "../etc", "a/b", "a/", "\0", "config\0.old"})
    void aNameOfMoreOrLessThanOneComponentIsNotHandedToTheKernel(String name) {
        for (Runnable call : List.<Runnable>of(() -> sys.open(3, name, 0).close(),
                () -> sys.openWithin(3, name, 0, 0).close(), () -> sys.mkdir(3, name, 0700), () -> sys.unlink(3, name),
                () -> sys.rename(3, name, "to"), () -> sys.rename(3, "from", name),
                () -> sys.renameWithoutReplacing(3, name, "to"))) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(call::run)
                    .withMessage("not one component: " + name);
        }
        assertThat(made).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "fox", "/data/project/../fox", "/data/project/./fox", "/data//fox",
            "/data/project/fox/", "/data/project/fo\0x", "/data/project/fo\nx"})
    void aHomeWhosePathIsNotCanonicalIsNoHome(String path) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new HomePath(path));
    }

    /** Those below the floor that the operator sets are held back before, by the admission of accounts. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void rootAndNegativeUserIdsAreNotTenants(int uid) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Uid(uid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "00", "2147483648", "4294967295", "4294967296", "99999999999999999999", "1e3",
            "0x10", "", " 1"})
    void userIdsThatWrapOrAreNoNumbersAreRefused(String uid) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Uid.parse(uid));
    }
}
