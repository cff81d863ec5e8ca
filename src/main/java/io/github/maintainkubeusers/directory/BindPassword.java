package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * Where the password comes from. It is fetched for each connection, so that a changed one is taken
 * up, and never shown.
 */
public final class BindPassword {
  private final Supplier<String> source;

  private BindPassword(Supplier<String> source) {
    this.source = requireNonNull(source, "source is null");
  }

  /**
   * @param source asked at each connect; what it throws must not have the password in it
   */
  public static BindPassword from(Supplier<String> source) {
    return new BindPassword(source);
  }

  public static BindPassword of(String password) {
    requireNonNull(password, "password is null");
    return new BindPassword(() -> password);
  }

  /**
   * An empty one is refused: servers take it for an anonymous bind, which then seems to have
   * worked.
   */
  String fetch() {
    String password = ask();
    if (password == null || password.isEmpty()) {
      throw new DirectoryException("could not read the bind password: it is empty");
    }
    return password;
  }

  private String ask() {
    try {
      return source.get();
    } catch (RuntimeException e) {
      throw new DirectoryException("could not read the bind password: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "********";
  }
}
