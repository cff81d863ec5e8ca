package io.github.maintainkubeusers.home;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What is known of something open.
 *
 * @param mode permission bits, with those for set-id and sticky
 */
record Status(FileKind kind, int mode, int uid, int gid, int links, long size, Instant modified) {
    /** Size of {@code struct statx}. */
    static final int STATX_BYTES = 256;

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 022;

    /** Reads a {@code struct statx}, whose layout is the same everywhere. */
    static Status ofStatx(MemorySegment statx) {
        int mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
        return new Status(FileKind.ofMode(mode), mode & 07777, statx.get(JAVA_INT, 20), statx.get(JAVA_INT, 24),
                statx.get(JAVA_INT, 16), statx.get(JAVA_LONG, 40),
                Instant.ofEpochSecond(statx.get(JAVA_LONG, 112), statx.get(JAVA_INT, 120)));
    }

    boolean isWritableByOthers() {
        return (mode & WRITABLE_BY_OTHERS) != 0;
    }

    boolean isSticky() {
        return (mode & STICKY) != 0;
    }
}
