package io.github.maintainkubeusers.home;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One file to be put into a home. It may hold a private key, so that content is never shown.
 *
 * @param replaces what the new content was made from (inner empty: there was no file); outer empty:
 *     replace whatever is there
 */
public record HomeWrite(HomeFile file, byte[] content, Optional<Optional<byte[]>> replaces) {
  public HomeWrite {
    requireNonNull(file, "file is null");
    requireNonNull(content, "content is null");
    requireNonNull(replaces, "replaces is null");
  }

  @Override
  public String toString() {
    return file + " (" + content.length + " bytes)";
  }
}
