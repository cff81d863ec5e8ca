package io.github.maintainkubeusers.linux;

/** The system calls made here, with their numbers on x86-64 and arm64. */
public enum SystemCall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  FSYNC(74, 82),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  GETUID(102, 174),
  GETGROUPS(115, 158),
  SETGROUPS(116, 159),
  SETFSUID(122, 151),
  SETFSGID(123, 152),
  CAPGET(125, 90),
  CAPSET(126, 91),
  GETDENTS64(217, 61),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  UNLINKAT(263, 35),
  READLINKAT(267, 78),
  RENAMEAT2(316, 276),
  STATX(332, 291),
  OPENAT2(437, 437),
  FACCESSAT2(439, 439);

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  public long number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86;
      case ARM64 -> arm;
    };
  }
}
