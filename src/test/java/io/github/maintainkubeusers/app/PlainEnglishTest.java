package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words of documents, help and messages, which people read in haste and in a foreign language.
 * Names a plain form for what is not used here.
 */
class PlainEnglishTest {
  private static final Map<Pattern, String> PLAIN = new LinkedHashMap<>();

  static {
    // The user of that name is meant where files are his, or a file server maps others to him.
    plain("(?<!(user|for|to|id-of)[ -])\\bnobody\\b(?!.s id)", "no account, no user, no client");
    plain("\\bwhoever\\b", "the owner, the holder, any client");
    plain("\\bsomebody\\b", "another user, another client, by hand");
    plain("\\bput right\\b", "corrected");
    plain("\\bmakes? no sense\\b", "is not valid");
    plain("\\bthose that\\b", "the noun: the accounts that");
    plain("\\bunwell\\b", "failing, overloaded");
    plain("\\b(tak(e|es|en|ing) (\\w+ )?away|vanish(es|ed)?)\\b", "removed, withdrawn, deleted");
    plain(", for (it|he|she|they|this|that|there|we) ", "because");
    plain("\\bwhat it (is|was) |\\bwho is how\\b", "the noun: the cause, the status");
    plain("\\bdepart(s|ed|ing)?\\b", "removal");
  }

  /** A text in double quotes, on one line of a program. */
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static void plain(String unused, String instead) {
    PLAIN.put(Pattern.compile(unused, Pattern.CASE_INSENSITIVE), instead);
  }

  @Test
  void documentsUsePlainWords() throws IOException {
    assertThat(faults(documents(), false)).isEmpty();
  }

  @Test
  void messagesAndHelpUsePlainWords() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(faults(files.filter(file -> file.toString().endsWith(".java")).toList(), true))
          .isEmpty();
    }
  }

  @Test
  void aWordThatIsNotUsedIsNamedWithAPlainOne() {
    assertThat(faults("there, nobody was locked out"))
        .containsExactly("\"nobody\": no account, no user, no client");
    assertThat(faults("the server maps root to nobody")).isEmpty();
    assertThat(faults("it waits, for it is not ready")).containsExactly("\", for it \": because");
  }

  private static List<Path> documents() throws IOException {
    var documents = new ArrayList<Path>();
    for (Path folder : List.of(Path.of("."), Path.of("docs"), Path.of("docs/decisions"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }

  private static List<String> faults(List<Path> files, boolean literals) throws IOException {
    var faults = new ArrayList<String>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String where = file + ":" + (i + 1) + ": ";
        texts(lines.get(i), literals)
            .flatMap(text -> faults(text).stream())
            .forEach(fault -> faults.add(where + fault));
      }
    }
    return faults;
  }

  private static Stream<String> texts(String line, boolean literals) {
    return literals
        ? LITERAL.matcher(line).results().map(found -> found.group(1))
        : Stream.of(line.replaceAll("`[^`]*`", "``"));
  }

  private static List<String> faults(String text) {
    var faults = new ArrayList<String>();
    PLAIN.forEach(
        (unused, instead) ->
            unused
                .matcher(text)
                .results()
                .forEach(found -> faults.add("\"" + found.group() + "\": " + instead)));
    return faults;
  }
}
