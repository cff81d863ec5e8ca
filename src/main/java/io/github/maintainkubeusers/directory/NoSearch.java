package io.github.maintainkubeusers.directory;

/** There are no accounts of the kind, and none are looked for. */
public record NoSearch(String project) implements AccountSearch {
  @Override
  public AccountReader reader() {
    return (search, into) -> {
      // nothing to read
    };
  }
}
