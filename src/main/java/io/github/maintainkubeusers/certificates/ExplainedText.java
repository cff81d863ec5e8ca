package io.github.maintainkubeusers.certificates;

import static java.util.function.Predicate.not;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what an account's access depends on: to people, and to other programs. */
public record ExplainedText(AccountId id, List<Explained> explained) {
  private static final int COLUMN = 12;

  public ExplainedText {
    explained = List.copyOf(explained);
  }

  /** The first cause, if anything is not well. */
  public Optional<Finding> cause() {
    Optional<Finding> alarm =
        explained.stream()
            .filter(Explained::isAlarm)
            .flatMap(found -> found.first().stream())
            .findFirst();
    return alarm.or(() -> explained.stream().flatMap(found -> found.first().stream()).findFirst());
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(id.toString());
    explained.forEach(
        found ->
            lines.add(
                "  "
                    + padded(found.what())
                    + found
                        .first()
                        .map(finding -> finding.state().label() + ": " + finding.problem())
                        .orElse("well: " + found.detail())));
    lines.add(cause().map(cause -> "Cause: " + cause.problem()).orElse("Nothing is wrong."));
    cause()
        .map(Finding::remedy)
        .filter(not(String::isEmpty))
        .ifPresent(remedy -> lines.add("Remedy: " + remedy));
    return lines.stream().map(ReportText::line).toList();
  }

  public YamlNode tree() {
    var steps = YamlSequence.create();
    explained.forEach(
        found ->
            steps.append(
                YamlMapping.create()
                    .put("what", found.what())
                    .put(
                        "state",
                        found.first().map(finding -> finding.state().label()).orElse("well"))
                    .put("detail", found.first().map(Finding::problem).orElse(found.detail()))));
    return YamlMapping.create()
        .put("kind", id.kind().label())
        .put("name", id.name().value())
        .put("state", cause().map(cause -> cause.state().label()).orElse("well"))
        .put("cause", cause().map(Finding::problem).orElse(""))
        .put("remedy", cause().map(Finding::remedy).orElse(""))
        .put("steps", steps);
  }

  private static String padded(String what) {
    return what + " ".repeat(COLUMN - what.length());
  }
}
