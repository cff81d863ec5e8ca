package io.github.maintainkubeusers.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * What the kernel judges a thread by: the user and group for files, the supplementary groups, the
 * capabilities. Each thread has its own.
 *
 * @param effective the effective capabilities, one bit each
 */
public record ThreadCredentials(int uid, int gid, List<Integer> groups, long effective) {
  private static final int NOBODY = -1;
  private static final int CAPABILITY_VERSION = 0x20080522;

  /** A user and its own group: no other groups, no capabilities. */
  public static ThreadCredentials unprivileged(int uid, int gid) {
    return new ThreadCredentials(uid, gid, List.of(), 0);
  }

  public static ThreadCredentials ofThisThread(Syscalls sys) {
    return new ThreadCredentials(
        (int) sys.plain(SystemCall.SETFSUID, NOBODY, 0, 0),
        (int) sys.plain(SystemCall.SETFSGID, NOBODY, 0, 0),
        groups(sys),
        effective(sys));
  }

  public boolean has(Capability capability) {
    return capability.isIn(effective);
  }

  /**
   * Taking another identity: groups first, capabilities last. The kernel does not report all
   * failures.
   */
  public void assume(Syscalls sys) {
    setGroups(sys);
    sys.plain(SystemCall.SETFSGID, gid, 0, 0);
    sys.plain(SystemCall.SETFSUID, uid, 0, 0);
    setEffective(sys);
  }

  /**
   * The way back: our own ids need no capability, the capabilities are still permitted, the groups
   * need one.
   */
  public void resume(Syscalls sys) {
    sys.plain(SystemCall.SETFSUID, uid, 0, 0);
    sys.plain(SystemCall.SETFSGID, gid, 0, 0);
    setEffective(sys);
    setGroups(sys);
  }

  private static List<Integer> groups(Syscalls sys) {
    int count = (int) sys.call(SystemCall.GETGROUPS, 0, 0, 0, 0, 0);
    if (count == 0) {
      return List.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(JAVA_INT, count);
      int filled = (int) sys.call(SystemCall.GETGROUPS, count, list.address(), 0, 0, 0);
      return Arrays.stream(list.asSlice(0, filled * 4L).toArray(JAVA_INT)).boxed().toList();
    }
  }

  private void setGroups(Syscalls sys) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(JAVA_INT, groups.size() + 1L);
      for (int i = 0; i < groups.size(); i++) {
        list.setAtIndex(JAVA_INT, i, groups.get(i));
      }
      sys.call(SystemCall.SETGROUPS, groups.size(), list.address(), 0, 0, 0);
    }
  }

  private static long effective(Syscalls sys) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sets = capabilities(sys, arena);
      return Integer.toUnsignedLong(sets.getAtIndex(JAVA_INT, 2))
          + ((long) sets.getAtIndex(JAVA_INT, 5) << 32);
    }
  }

  private void setEffective(Syscalls sys) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sets = capabilities(sys, arena);
      sets.setAtIndex(JAVA_INT, 2, (int) effective);
      sets.setAtIndex(JAVA_INT, 5, (int) (effective >>> 32));
      sys.call(SystemCall.CAPSET, sets.address(), sets.address() + 8, 0, 0, 0);
    }
  }

  /**
   * The header (version, this thread), then effective, permitted, inheritable: low words, then high
   * words.
   */
  private static MemorySegment capabilities(Syscalls sys, Arena arena) {
    MemorySegment sets = arena.allocate(JAVA_INT, 8);
    sets.setAtIndex(JAVA_INT, 0, CAPABILITY_VERSION);
    sys.call(SystemCall.CAPGET, sets.address(), sets.address() + 8, 0, 0, 0);
    return sets;
  }
}
