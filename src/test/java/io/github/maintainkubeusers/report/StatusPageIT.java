package io.github.maintainkubeusers.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. */
class StatusPageIT {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String SHOWN =
      "Array.from(document.querySelectorAll('#accounts tbody tr')).filter(row => !row.hidden)";

  @TempDir Path folder;

  private final StatusReport report = Somebody.report();
  private Chromium browser;

  @BeforeEach
  void open() throws IOException {
    Path page =
        Files.writeString(folder.resolve("status.html"), StatusPage.of(report, report.accounts()));
    browser = Chromium.start(Files.createDirectory(folder.resolve("browser")));
    browser.show(1200, 900, "light");
    browser.open(page);
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsEverybodyWithoutAComplaintAndAsksNobodyForAnything() {
    assertThat(browser.evaluate(SHOWN + ".length"))
        .isEqualTo(Integer.toString(report.accounts().size()));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).hasSize(1).first().asString().startsWith("file:");
  }

  @Test
  void filtersByWhatIsTyped() {
    browser.evaluate("document.getElementById('filter').focus()");
    "expired".chars().forEach(c -> browser.press(Character.toString(c), Character.toString(c)));

    assertThat(browser.evaluate(SHOWN + ".length")).isEqualTo("1");
    assertThat(browser.evaluate(SHOWN + "[0].cells[2].textContent")).isEqualTo("stale");
    assertThat(browser.evaluate("document.getElementById('count').textContent"))
        .isEqualTo("1 account");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void sortsByTheKeyboardAndSaysHow() {
    String heading = "document.querySelectorAll('#accounts th')[2]";
    browser.evaluate(heading + ".querySelector('button').focus()");
    browser.press("Enter", "\r");

    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')")).isEqualTo("ascending");
    assertThat(browser.evaluate(names()))
        .isEqualTo(browser.evaluate(names() + ".slice().sort((a, b) => a.localeCompare(b))"));
  }

  /** What came from a directory would be an element, run as a script, or ask for something. */
  @Test
  void takesNamesForTextAlone() {
    assertThat(browser.evaluate(names() + ".includes(" + quoted() + ")")).isEqualTo("true");
    assertThat(browser.evaluate("document.images.length")).isEqualTo("0");
    assertThat(browser.evaluate("document.scripts.length")).isEqualTo("1");
  }

  /** The policy of the page stops what would come of it all the same. */
  @Test
  void runsNoOtherScriptThanItsOwn() {
    browser.evaluate(
        "(() => { const script = document.createElement('script');"
            + " script.textContent = 'document.title = 1'; document.body.append(script); })()");

    assertThat(browser.evaluate("document.title")).isEqualTo("maintain-kubeusers: status");
    assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("script-src"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1200", "dark, 1200", "light, 360", "dark, 360"})
  void canBeReadOnEveryScreen(String scheme, int width) throws IOException {
    browser.show(width, 900, scheme);

    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");
    assertThat(Double.parseDouble(browser.evaluate(lowestContrast()))).isGreaterThan(4.5);
    browser.screenshot(SCREENSHOTS.resolve("status-" + scheme + "-" + width + ".png"));
  }

  private static String names() {
    return SHOWN + ".map(row => row.cells[2].textContent)";
  }

  private static String quoted() {
    return "'" + TextTable.clean(Somebody.HOSTILE).replace("\\", "\\\\") + "'";
  }

  /** By the formula of WCAG 2.1, over all texts, on the colour that the page is painted with. */
  private static String lowestContrast() {
    return """
    (() => {
      const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
      const light = colour => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3)
          .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      document.body.style.backgroundColor = 'Canvas';
      const ground = light(getComputedStyle(document.body).backgroundColor);
      document.body.style.backgroundColor = '';
      const contrasts = Array.from(document.body.querySelectorAll('h1, h2, p, li, th, td, label, button'))
        .map(element => light(getComputedStyle(element).color))
        .map(text => (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05));
      return Math.min(...contrasts);
    })()\
    """;
  }
}
