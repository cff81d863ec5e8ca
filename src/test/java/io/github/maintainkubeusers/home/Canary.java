package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.Syscalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that must not be touched. Any change to a file, be it undone, shows in its change time,
 * and a reading in its access time, which is set before the modification time so that "relatime"
 * mounts record the next one. The content of a file is compared as well, and read without that
 * being recorded.
 */
record Canary(Path path, Map<String, Object> attributes, String content) {
  private static final int NO_ACCESS_TIME = 01000000;
  private static final int MOST = 4096;
  private static final String WATCHED =
      "unix:ino,uid,gid,mode,nlink,size,lastModifiedTime,ctime,lastAccessTime";
  private static final Set<String> OF_A_NAME = Set.of("nlink", "ctime");

  /** As it is from now on. */
  static Canary of(Path path) {
    return new Canary(path, attributesOf(path), contentOf(path));
  }

  void assertUntouched() {
    assertThat(attributesOf(path)).as("%s", path).isEqualTo(attributes);
    assertThat(contentOf(path)).as("%s", path).isEqualTo(content);
  }

  /** Something with a second name, which may be taken away by the owner of that name's folder. */
  void assertUntouchedButForItsNames() {
    Map<String, Object> found = attributesOf(path);
    found.keySet().removeAll(OF_A_NAME);
    assertThat(attributes).as("%s", path).containsAllEntriesOf(found);
    assertThat(contentOf(path)).as("%s", path).isEqualTo(content);
  }

  private static String contentOf(Path path) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    Syscalls sys = HomeWorld.syscalls();
    FileDescriptor folder = FileDescriptor.root(sys);
    for (Path name : path.getParent()) {
      try (FileDescriptor above = folder) {
        folder = above.open(name.toString(), Syscalls.PATH_ONLY | sys.directory());
      }
    }
    try (FileDescriptor parent = folder;
        FileDescriptor file = parent.open(path.getFileName().toString(), NO_ACCESS_TIME)) {
      return new String(file.read(MOST, MOST), UTF_8);
    }
  }

  static Map<String, Object> attributesOf(Path path) {
    try {
      return new TreeMap<>(Files.readAttributes(path, WATCHED, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
