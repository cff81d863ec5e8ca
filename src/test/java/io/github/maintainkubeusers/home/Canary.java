package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that must not be touched. Any change to a file, be it undone, shows in its change time, and a reading in
 * its access time, which is set before the modification time so that "relatime" mounts record the next one.
 */
record Canary(Path path, Map<String, Object> attributes) {
    private static final String WATCHED = "unix:ino,uid,gid,mode,nlink,size,lastModifiedTime,ctime,lastAccessTime";
    private static final Set<String> OF_A_NAME = Set.of("nlink", "ctime");

    /** As it is from now on. */
    static Canary of(Path path) {
        return new Canary(path, attributesOf(path));
    }

    void assertUntouched() {
        assertThat(attributesOf(path)).as("%s", path).isEqualTo(attributes);
    }

    /** Something with a second name, which may be taken away by the owner of that name's folder. */
    void assertUntouchedButForItsNames() {
        Map<String, Object> found = attributesOf(path);
        found.keySet().removeAll(OF_A_NAME);
        assertThat(attributes).as("%s", path).containsAllEntriesOf(found);
    }

    static Map<String, Object> attributesOf(Path path) {
        try {
            return new TreeMap<>(Files.readAttributes(path, WATCHED, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
