package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One thing that an account's access depends on.
 *
 * @param what was looked at
 * @param detail what it is when it is well
 * @param findings what is not well about it
 */
public record Explained(String what, String detail, List<Finding> findings) {
  public Explained {
    requireNonNull(what, "what is null");
    requireNonNull(detail, "detail is null");
    findings = List.copyOf(findings);
  }

  public static Explained well(String what, String detail) {
    return new Explained(what, detail, List.of());
  }

  public static Explained broken(String what, String problem, String remedy) {
    return new Explained(what, "", List.of(Finding.broken(problem, remedy)));
  }

  public static Explained unknown(String what, String problem, String remedy) {
    return new Explained(what, "", List.of(Finding.unknown(problem, remedy)));
  }

  /** The first that somebody has to do something about, else the first that is unknown. */
  public Optional<Finding> first() {
    return findings.stream()
        .reduce((before, next) -> next.state().isWorseThan(before.state()) ? next : before);
  }

  public boolean isAlarm() {
    return first().filter(finding -> finding.state().isAlarm()).isPresent();
  }
}
