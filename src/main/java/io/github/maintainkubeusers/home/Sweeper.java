package io.github.maintainkubeusers.home;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away temporary files that were left behind. Looks at the first few hundred names of a folder only: a tenant can
 * fill it with as many as it likes.
 */
final class Sweeper {
    /** More than a running operation takes. */
    static final Duration AGE = Duration.ofMinutes(2);

    private static final int BUFFER_BYTES = 32 << 10;
    private static final int MOST = 64;
    private static final int LENGTH_AT = 16;
    private static final int NAME_AT = 19;

    private final Syscalls sys;
    private final Instant now;

    Sweeper(Syscalls sys, Instant now) {
        this.sys = sys;
        this.now = now;
    }

    void sweep(Directory folder) {
        try {
            firstNames(folder).stream().filter(name -> name.startsWith(TemporaryNames.PREFIX)).limit(MOST)
                    .filter(name -> isLeft(folder, name)).forEach(folder::removeQuietly);
        } catch (ErrnoException | HomeException _) {
            // Nothing depends on it; the next visit tries again.
        }
    }

    private boolean isLeft(Directory folder, String name) {
        return folder.look(name).filter(status -> status.kind() != FileKind.DIRECTORY)
                .filter(status -> status.modified().isBefore(now.minus(AGE))).isPresent();
    }

    /** From one call: a sequence of {@code struct linux_dirent64}. */
    private List<String> firstNames(Directory folder) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
            long filled = sys.call(SystemCall.GETDENTS64, folder.descriptor().number(), buffer.address(),
                    BUFFER_BYTES, 0, 0);
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
