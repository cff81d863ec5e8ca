package io.github.maintainkubeusers.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the headers of the kernel, where they are installed (Debian: linux-libc-dev). */
class SystemCallTest {
  @ParameterizedTest
  @EnumSource(SystemCall.class)
  void hasTheNumberThatTheKernelGivesIt(SystemCall call) throws IOException {
    assertDefined("/usr/include/asm-generic/unistd.h", call, Architecture.ARM64);
    assertDefined("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", call, Architecture.X86_64);
  }

  private static void assertDefined(String header, SystemCall call, Architecture architecture)
      throws IOException {
    Path file = Path.of(header);
    assumeTrue(Files.exists(file), header + " is needed");
    assertThat(Files.readString(file))
        .containsPattern(
            "#define __NR_"
                + call.name().toLowerCase(Locale.ROOT)
                + " "
                + call.number(architecture)
                + "\\b");
  }
}
