package io.github.maintainkubeusers.certificates;

import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.time.Instant;
import java.util.List;

/** Tells whose certificates are: to people, and to other programs. */
public final class StandingText {
  private static final String NOBODYS =
      "unknown: no account here has this certificate. Either this controller did not issue it, or"
          + " newer ones took its place, which only the certificate itself can tell";

  private StandingText() {}

  /** A line for each. */
  public static List<String> lines(List<CredentialStanding> found) {
    return found.isEmpty() ? List.of(NOBODYS) : found.stream().map(StandingText::line).toList();
  }

  public static YamlNode tree(List<CredentialStanding> found) {
    var list = YamlSequence.create();
    found.forEach(standing -> list.append(tree(standing)));
    return YamlMapping.create().put("credentials", list);
  }

  private static String line(CredentialStanding standing) {
    return standing.account()
        + ": "
        + standing.generation().map(number -> "generation " + number + ", ").orElse("")
        + standing.state().label()
        + ", "
        + (standing.hasRights() ? "has rights" : "has no rights")
        + standing.end().map(end -> ", ends " + end).orElse("")
        + (standing.reason().isEmpty() ? "" : "; " + standing.reason() + "; " + standing.remedy());
  }

  private static YamlMapping tree(CredentialStanding standing) {
    return YamlMapping.create()
        .put("kind", standing.account().kind().label())
        .put("name", standing.account().name().value())
        .put("generation", standing.generation().map(YamlScalar::of).orElseGet(YamlScalar::ofNull))
        .put("state", standing.state().label())
        .put("hasRights", YamlScalar.of(standing.hasRights()))
        .put(
            "end",
            standing
                .end()
                .map(Instant::toString)
                .map(YamlScalar::text)
                .orElseGet(YamlScalar::ofNull))
        .put("reason", standing.reason())
        .put("remedy", standing.remedy());
  }
}
