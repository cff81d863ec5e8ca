package io.github.maintainkubeusers.home;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away temporary files that were left behind: all that this process is not using now. Should
 * another one be writing to the same home, which takes two controllers at once, its write fails and
 * is made again. Looks at the first few hundred names of a folder only: a tenant can fill it with
 * as many as it likes.
 */
final class Sweeper {
  private static final int BUFFER_BYTES = 32 << 10;
  private static final int MOST = 64;
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  private final Syscalls sys;
  private final TemporaryNames names;

  Sweeper(Syscalls sys, TemporaryNames names) {
    this.sys = sys;
    this.names = names;
  }

  void sweep(OpenDirectory folder) {
    try {
      firstNames(folder).stream()
          .filter(name -> name.startsWith(TemporaryNames.PREFIX))
          .filter(name -> !names.isInUse(name))
          .limit(MOST)
          .filter(name -> isLeft(folder, name))
          .forEach(folder::removeQuietly);
    } catch (ErrnoException | HomeException _) {
      // Nothing depends on it; the next visit tries again.
    }
  }

  private boolean isLeft(OpenDirectory folder, String name) {
    return folder.stat(name).filter(status -> status.kind() != FileKind.DIRECTORY).isPresent();
  }

  /** From one call: a sequence of {@code struct linux_dirent64}. */
  private List<String> firstNames(OpenDirectory folder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      long filled =
          sys.call(
              SystemCall.GETDENTS64,
              folder.descriptor().number(),
              buffer.address(),
              BUFFER_BYTES,
              0,
              0);
      List<String> names = new ArrayList<>();
      int length;
      for (long at = 0; at < filled; at += length) {
        length = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + LENGTH_AT));
        names.add(buffer.getString(at + NAME_AT));
      }
      return names;
    }
  }
}
