package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.SystemCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never gets as far as the kernel, should it pass the checks of account names and paths. */
class NamesTest {
  private final List<SystemCall> made = new ArrayList<>();
  private final Syscalls sys =
      new Syscalls(
          (call, _, _, _, _, _) -> {
            made.add(call);
            return 0;
          },
          Architecture.X86_64);

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "/etc", "../etc", "a/b", "a/", "\0", "config\0.old"})
  void aNameOfMoreOrLessThanOneComponentIsNotHandedToTheKernel(String name) {
    FileDescriptor folder = FileDescriptor.root(sys);
    made.clear();
    for (Runnable call :
        List.<Runnable>of(
            () -> folder.open(name, 0).close(),
            () -> folder.openWithin(name, 0, 0).close(),
            () -> sys.mkdir(3, name, 0700),
            () -> sys.unlink(3, name),
            () -> sys.rename(3, name, "to"),
            () -> sys.rename(3, "from", name),
            () -> sys.renameWithoutReplacing(3, name, "to"))) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(call::run)
          .withMessage("not one component: " + name);
    }
    assertThat(made).isEmpty();
  }
}
