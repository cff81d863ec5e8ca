package io.github.maintainkubeusers.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What is known of something open.
 *
 * @param mode permission bits, with those for set-id and sticky
 */
public record FileStatus(
    FileKind kind, int mode, int uid, int gid, int links, long size, Inode inode) {
  /** Size of {@code struct statx}. */
  public static final int STATX_BYTES = 256;

  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 022;

  /** Reads a {@code struct statx}, whose layout is the same everywhere. */
  static FileStatus ofStatx(MemorySegment statx) {
    int mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
    return new FileStatus(
        FileKind.ofMode(mode),
        mode & 07777,
        statx.get(JAVA_INT, 20),
        statx.get(JAVA_INT, 24),
        statx.get(JAVA_INT, 16),
        statx.get(JAVA_LONG, 40),
        inodeOfStatx(statx));
  }

  static Inode inodeOfStatx(MemorySegment statx) {
    return new Inode(statx.get(JAVA_LONG, 32), statx.get(JAVA_LONG, 136));
  }

  public boolean belongsTo(int owner) {
    return uid == owner;
  }

  /**
   * @param bits of the mode, those of the owner
   */
  public boolean allowsOwner(int bits) {
    return (mode & bits) == bits;
  }

  public boolean isWritableByOthers() {
    return (mode & WRITABLE_BY_OTHERS) != 0;
  }

  public boolean isSticky() {
    return (mode & STICKY) != 0;
  }
}
