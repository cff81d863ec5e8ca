package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--config=FILE",
        "--ldapconfig=FILE",
        "--project=NAME",
        "--local",
        "--debug",
        "--log-format=WORD",
        "--interval=SECONDS",
        "--once",
        "-h, --help",
        "-V, --version"
      })
  void namesEachOption(String option) {
    assertThat(help("--help")).containsPattern("(?m)^ +" + option + " +\\p{Upper}");
  }

  @Test
  void leavesNoOptionOut() {
    String help = help("--help");

    assertThat(Main.commandLine().getCommandSpec().options())
        .allSatisfy(option -> assertThat(help).contains(option.longestName()));
  }

  @Test
  void listsTheCommandsWithWhatTheyDo() {
    assertThat(help("--help"))
        .containsPattern("(?m)^  plan +Prints what a pass would do now, and does nothing\\.$");
    assertThat(help("plan", "--help"))
        .contains("Prints what a pass would do now")
        .contains("--config=FILE");
  }

  @Test
  void isNotBrokenAcrossLines() {
    assertThat(help("--help").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(help("--help").lines().filter(line -> line.startsWith("     ")).toList())
        .as("continuation lines begin in the column of descriptions or are examples")
        .allSatisfy(line -> assertThat(line).matches(" {29}\\S.*| {6}--\\S.*| {26}\\[.*"));
  }

  @Test
  void tellsTheExitStatusesAndExamples() {
    assertThat(help("--help"))
        .contains(
            "0   all is well",
            "3   the pass ran, but some account failed",
            "maintain-kubeusers plan --local");
  }

  @Test
  void tellsTheVersion() {
    assertThat(help("--version")).startsWith("maintain-kubeusers ");
  }

  private static String help(String... arguments) {
    var out = new StringWriter();
    int status = Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
    assertThat(status).isZero();
    return out.toString();
  }
}
