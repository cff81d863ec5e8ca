package io.github.maintainkubeusers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps a copy of every pair of certificate and key that it finds in a home, and tries later what
 * each may do.
 */
public final class Thief implements AutoCloseable {
  /** The API server hears of changed bindings by a watch of its own. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private static final Duration SOON = Duration.ofSeconds(30);

  private final List<StolenPair> pairs = new ArrayList<>();
  private final Set<StolenPair> delivered = new HashSet<>();

  /** Copies what is in the home, which may be what was there before. */
  public StolenPair steal(Victim victim) {
    return Waiting.untilPassed(
        AT_ONCE,
        () ->
            stealNow(victim)
                .orElseThrow(() -> new AssertionError("no pair in the home of " + victim)));
  }

  /**
   * Waits until the home has a pair that was not there before, that is recorded and has rights, and
   * copies it.
   */
  public StolenPair stealNew(Victim victim, Supplier<String> output) {
    return Waiting.untilPassed(
        SOON,
        () ->
            stealNewNow(victim)
                .orElseThrow(
                    () ->
                        new AssertionError(
                            "no new credentials of " + victim + ":\n" + output.get())));
  }

  /** The same without waiting. */
  public Optional<StolenPair> stealNewNow(Victim victim) {
    return stealNow(victim)
        .filter(
            pair ->
                !delivered.contains(pair)
                    && pair.hasRights()
                    && victim.isRecorded()
                    && delivered.add(pair));
  }

  /** Copies what is in the home, if there is a certificate with its key. */
  public Optional<StolenPair> stealNow(Victim victim) {
    try {
      var pair = new StolenPair(victim, pairs.size() + 1);
      Optional<StolenPair> before =
          pairs.stream().filter(other -> other.serial().equals(pair.serial())).findFirst();
      before.ifPresentOrElse(_ -> pair.close(), () -> pairs.add(pair));
      return Optional.of(before.orElse(pair));
    } catch (IOException | UncheckedIOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  /** All pairs, in the order in which they were found. */
  public List<StolenPair> pairs() {
    return List.copyOf(pairs);
  }

  /**
   * Fails when one of the pairs still has rights after the API server has had time to hear that it
   * should not.
   */
  public static void assertPowerless(StolenPair... stolen) {
    assertPowerless(AT_ONCE, () -> "", stolen);
  }

  /** Fails when one of the pairs still has rights after a pass has had time to take them away. */
  public static void awaitPowerless(Supplier<String> output, StolenPair... stolen) {
    assertPowerless(SOON, output, stolen);
  }

  /** Fails unless the pair has rights now. */
  public static void assertPowerful(StolenPair pair) {
    Object _ =
        Waiting.untilPassed(
            AT_ONCE, () -> assertThat(pair.rights()).as(pair.toString()).isNotEmpty());
  }

  private static void assertPowerless(
      Duration atMost, Supplier<String> output, StolenPair... stolen) {
    for (StolenPair pair : stolen) {
      Set<String> _ =
          Waiting.untilPassed(
              atMost,
              () -> {
                Set<String> rights = pair.rights();
                if (!rights.isEmpty()) {
                  throw new AssertionError(pair + " may " + rights + "\n" + output.get());
                }
                return rights;
              });
    }
  }

  @Override
  public void close() {
    pairs.forEach(StolenPair::close);
  }
}
