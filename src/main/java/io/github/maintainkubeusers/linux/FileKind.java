package io.github.maintainkubeusers.linux;

/** What stands under a name. Shown as in "it is a symbolic link". */
public enum FileKind {
  FILE("a file"),
  DIRECTORY("a directory"),
  LINK("a symbolic link"),
  FIFO("a named pipe"),
  SOCKET("a socket"),
  DEVICE("a device");

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** From the S_IFMT bits of a mode. */
  static FileKind ofMode(int mode) {
    return switch (mode >>> 12 & 017) {
      case 010 -> FILE;
      case 004 -> DIRECTORY;
      case 012 -> LINK;
      case 001 -> FIFO;
      case 014 -> SOCKET;
      default -> DEVICE;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
