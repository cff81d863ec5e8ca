package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell and man make of what the program prints for them. */
class CompletionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "sta,status",
    "allow,allow-removals",
    "status --exp,--expiring",
    "status --state qua,quarantined",
    "status -o y,yaml",
    "completion z,zsh",
    "status --kind a,admin",
    "explain wiki,wikibot",
    "revoke wikibot oth,other",
    "explain --adm,--admin"
  })
  void bashCompletesWords(String typed, String completed) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion"), output("completion", "bash"));

    assertThat(
            run("""
            set -e
            kubectl() {
              case $* in
                "get namespaces -l tenancy=tool -o name "*) printf 'namespace/tool-%%s\\n' wikibot other ;;
              esac
            }
            source %s
            function=$(complete -p maintain-kubeusers | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            COMP_WORDS=(maintain-kubeusers %s)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            "$function" maintain-kubeusers "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null || true
            printf '%%s\\n' "${COMPREPLY[@]}"
            """
                    .formatted(script, typed))
                .strip())
        .isEqualTo(completed);
  }

  /** Where fish is installed it is asked itself; elsewhere the lines are looked at. */
  @ParameterizedTest
  @CsvSource({
    "sta,status",
    "'status --exp',--expiring",
    "'status --state qua',quarantined",
    "'status -o y',yaml",
    "'completion f',fish",
    "'certificates insp',inspect"
  })
  void fishCompletesWords(String typed, String completed) throws Exception {
    Path script =
        Files.writeString(folder.resolve("completion.fish"), output("completion", "fish"));
    assumeThat(run("command -v fish || true")).as("there is no fish").isNotBlank();

    assertThat(
            run("fish --no-config -c 'source %s; complete -C \"maintain-kubeusers %s\"'"
                    .formatted(script, typed))
                .lines()
                .map(line -> line.split("\t", 2)[0]))
        .contains(completed);
  }

  @Test
  void fishHasALineForEveryCommandAndOption() {
    String script = output("completion", "fish");

    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, line) -> {
              assertThat(script).contains(" -a '" + name + "' -d '");
              line.getCommandSpec()
                  .options()
                  .forEach(
                      option ->
                          assertThat(script)
                              .containsPattern(
                                  "(?m)__fish_seen_subcommand_from "
                                      + name
                                      + "\\b.* -l "
                                      + option.longestName().substring(2)
                                      + " "));
            });
  }

  @Test
  void zshReadsTheSameScript() {
    String bash = output("completion", "bash");

    assertThat(output("completion", "zsh"))
        .isEqualTo(bash.replace("# For bash:", "# For zsh:"))
        .contains("bashcompinit");
  }

  @Test
  void theManualPageHasEveryCommandAndOption() {
    String page = output("man");

    assertThat(page).startsWith(".TH MAINTAIN\\-KUBEUSERS 8 ").contains("\n.SH NAME\n");
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, line) -> {
              assertThat(page)
                  .contains(
                      "\n.SH \"" + name.toUpperCase(Locale.ROOT).replace("-", "\\-") + "\"\n");
              line.getCommandSpec()
                  .options()
                  .forEach(
                      option ->
                          assertThat(page).contains(option.longestName().replace("-", "\\-")));
            });
    assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
        .allSatisfy(line -> assertThat(line).matches("\\.(TH|SH|nf|fi)( .*)?"));
  }

  @Test
  void kubectlFindsTheProgramByALink() throws IOException {
    Path link = Path.of("bin/kubectl-maintain_kubeusers");

    assertThat(link.toRealPath())
        .isEqualTo(Path.of("bin/maintain-kubeusers").toRealPath())
        .isExecutable();
  }

  private static String output(String... arguments) {
    var out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments)).isZero();
    return out.toString();
  }

  private static String run(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
