package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.Reading.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncompleteAnswerTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 10, 11, 12, 32, 50, 51, 52, 53, 80})
  void whateverIsNotSuccessIsAFault(int code) throws Exception {
    try (var canned = new CannedServer(ResultCode.valueOf(code), "some text", tool())) {
      assertThat(Reading.failure(anonymous(canned)))
          .hasMessageStartingWith("could not search " + canned.url())
          .hasMessageContaining("(result " + code + " ")
          .hasMessageEndingWith(": \"some text\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, size.prtotal=unlimited",
    "8, 'startTls: true'",
    "11, nsLookThroughLimit",
    "11, lower pageSize",
    "13, ldaps://"
  })
  void whatHelpsIsSaid(int code, String help) throws Exception {
    try (var canned = new CannedServer(ResultCode.valueOf(code), "some text", tool())) {
      assertThat(Reading.failure(anonymous(canned))).hasMessageContaining(help);
    }
  }

  @Test
  void aServerWithoutPagesMayAnswerInOne() throws Exception {
    try (var canned = new CannedServer(ResultCode.SUCCESS, null, tool())) {
      assertThat(names(Reading.read(anonymous(canned)))).containsExactly("tool wikibot");
    }
  }

  @Test
  void aPartOfTheMembersIsAFault() throws Exception {
    try (var canned =
        new CannedServer(
            ResultCode.SUCCESS,
            null,
            entry(
                "dn: cn=tools.admin",
                "objectClass: posixGroup",
                "cn: tools.admin",
                "member;range=0-1: uid=alice,ou=people"))) {
      assertThat(Reading.failure(anonymous(canned)))
          .hasMessageContaining("only a part of the members of \"cn=tools.admin\"");
    }
  }

  /** Serves as the admin group too, which it thereby has. */
  private static SearchResultEntry tool() throws Exception {
    return entry(
        "dn: cn=tools.wikibot",
        "objectClass: posixAccount",
        "cn: tools.wikibot",
        "uidNumber: 52001",
        "homeDirectory: /data/project/wikibot");
  }

  private static SearchResultEntry entry(String... ldif) throws Exception {
    return new SearchResultEntry(new Entry(ldif));
  }

  private static LdapSettings anonymous(CannedServer canned) {
    return LdapSettings.of(List.of(LdapServer.parse(canned.url(), false)), Optional.empty());
  }
}
