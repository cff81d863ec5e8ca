package io.github.maintainkubeusers.linux;

import java.util.Optional;

/** Where the numbers of Linux differ: those of the system calls, and two flags of open. */
public enum Architecture {
  X86_64(0200000, 0400000),
  ARM64(040000, 0100000);

  private final int directoryFlag;
  private final int noFollowFlag;

  Architecture(int directoryFlag, int noFollowFlag) {
    this.directoryFlag = directoryFlag;
    this.noFollowFlag = noFollowFlag;
  }

  /** O_DIRECTORY. */
  int directoryFlag() {
    return directoryFlag;
  }

  /** O_NOFOLLOW. */
  int noFollowFlag() {
    return noFollowFlag;
  }

  /** Of this JVM; empty when it is one whose numbers are not known here. */
  public static Optional<Architecture> current() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(ARM64);
      default -> Optional.empty();
    };
  }
}
