package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.FileStatus;
import java.util.Optional;

/** What a file must be like before its content is looked at. */
record FileRules(Uid owner, int maxBytes) {
  /** What is wrong with a file, as in "it is a symbolic link". */
  Optional<String> faultOf(FileStatus status) {
    if (status.kind() != FileKind.FILE) {
      return Optional.of("it is " + status.kind() + ", not a file");
    }
    if (status.uid() != owner.value()) {
      return Optional.of("it belongs to user " + status.uid() + ", not to " + owner);
    }
    // None at all: it was replaced a moment ago, and what it held until then is as good as any.
    if (status.links() > 1) {
      return Optional.of("it has " + status.links() + " names (hard links)");
    }
    return faultOfLength(status.size());
  }

  Optional<String> faultOfLength(long bytes) {
    return bytes > maxBytes
        ? Optional.of("it is larger than " + maxBytes + " bytes")
        : Optional.empty();
  }
}
