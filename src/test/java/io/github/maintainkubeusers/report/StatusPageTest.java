package io.github.maintainkubeusers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class StatusPageTest {
  private static final Set<String> ELEMENTS =
      Set.of(
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "h1",
          "h2",
          "p",
          "ul",
          "li",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "progress",
          "label",
          "input",
          "script");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "lang",
          "charset",
          "name",
          "content",
          "http-equiv",
          "class",
          "id",
          "for",
          "type",
          "role",
          "scope",
          "max",
          "value",
          "aria-label");

  private final StatusReport report = Somebody.report();
  private final String page = StatusPage.of(report, report.accounts());

  @Test
  void hasARowForEachAccountThatIsShownThoseInNeedFirst() throws Exception {
    List<Element> rows =
        elements(parsed(), "tr").stream()
            .filter(row -> ((Element) row.getParentNode()).getTagName().equals("tbody"))
            .toList();

    assertThat(rows).hasSameSizeAs(report.accounts());
    assertThat(elements(rows.getFirst(), "td"))
        .extracting(Element::getTextContent)
        .startsWith("expired", "tool", "stale");
  }

  @Test
  void whatTheDirectorySaysBecomesNothingButText() throws Exception {
    List<Element> all = elements(parsed(), "*");

    assertThat(all).extracting(Element::getTagName).isSubsetOf(ELEMENTS);
    assertThat(all.stream().flatMap(element -> attributes(element).stream()))
        .isSubsetOf(ATTRIBUTES);
    assertThat(elements(parsed(), "td"))
        .extracting(Element::getTextContent)
        .contains("</script><img src=x onerror=alert(1)>\\u{1b}[2J\\u{a}\\u{202e}");
  }

  @Test
  void runsItsOwnScriptAloneAndLoadsNothing() throws Exception {
    List<Element> scripts = elements(parsed(), "script");
    byte[] script = scripts.getFirst().getTextContent().getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(script));

    assertThat(scripts).hasSize(1);
    assertThat(page).contains("default-src 'none'", "script-src 'sha256-" + hash + "'");
  }

  private Element parsed() throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static List<Element> elements(Element within, String name) {
    var found = new ArrayList<Element>();
    var list = within.getElementsByTagName(name);
    for (int i = 0; i < list.getLength(); i++) {
      found.add((Element) list.item(i));
    }
    return found;
  }

  private static List<String> attributes(Element element) {
    var names = new ArrayList<String>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      names.add(attribute.getNodeName());
    }
    return names;
  }
}
