package io.github.maintainkubeusers.certificates;

import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * CAs and their use, for people and for programs.
 *
 * @param now by which the time that is left is told
 */
public record AuthorityText(List<AuthorityUse> uses, Instant now) {
  public AuthorityText {
    uses = List.copyOf(uses);
  }

  /** A line for each. */
  public List<String> lines() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("KIND", "WHAT", "ENDS", "LEFT", "ACCOUNTS", "FINGERPRINT", "STATE"));
    var text = new ReportText(now);
    uses.forEach(
        use -> {
          ReportText.Cells cells = text.cells(use.report());
          rows.add(
              List.of(
                  cells.kind(),
                  cells.name(),
                  cells.ends(),
                  cells.left(),
                  use.accounts().map(Object::toString).orElse("-"),
                  cells.fingerprint(),
                  cells.state() + (use.signsNow() ? "; signs now" : "")));
        });
    return ReportText.aligned(rows);
  }

  /** As {@link ReportTree} has certificates, with {@code accounts} and {@code signsNow}. */
  public YamlNode tree() {
    var authorities = YamlSequence.create();
    var tree = new ReportTree(now);
    uses.forEach(
        use ->
            authorities.append(
                tree.of(use.report())
                    .put(
                        "accounts",
                        use.accounts().<YamlNode>map(YamlScalar::of).orElseGet(YamlScalar::ofNull))
                    .put("signsNow", YamlScalar.of(use.signsNow()))));
    return YamlMapping.create().put("certificateAuthorities", authorities);
  }
}
