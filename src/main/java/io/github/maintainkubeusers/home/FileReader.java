package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.linux.FileStatus;
import java.util.Optional;

/**
 * Reads files in a folder of the owner's that are what they should be: plain, the owner's, within
 * the limit.
 */
record FileReader(OpenDirectory folder, FileRules rules) {
  /** What the file holds, if there is one. Whatever else has the name is refused. */
  Optional<byte[]> read(String name) {
    return folder.stat(name).flatMap(seen -> read(name, seen));
  }

  /** The same of what has been looked at already. */
  Optional<byte[]> read(String name, FileStatus seen) {
    accept(name, seen);
    return folder.reading(
        name,
        seen,
        file -> {
          FileStatus opened = file.status();
          accept(name, opened);
          byte[] content = file.read(opened.size(), rules.maxBytes() + 1);
          refuse(name, rules.faultOfLength(content.length));
          return content;
        });
  }

  /** Refuses what is not to be read. */
  void accept(String name, FileStatus status) {
    refuse(name, rules.faultOf(status));
  }

  private void refuse(String name, Optional<String> fault) {
    if (fault.isPresent()) {
      throw folder
          .location()
          .child(name)
          .refused(
              HomeFault.OWNER,
              "read",
              fault.get() + "; rename or delete it, and it will be made anew");
    }
  }
}
