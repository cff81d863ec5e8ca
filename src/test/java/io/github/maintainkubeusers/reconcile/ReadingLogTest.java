package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.CapturedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingLogTest {
  private static final Set<AccountKind> BOTH = EnumSet.of(AccountKind.TOOL, AccountKind.ADMIN);

  private final ReadingLog readings = new ReadingLog();

  @Test
  void tellsHowManyOfEachKindCameFromWhere() {
    assertThat(told(Level.INFO, "ldap://a", BOTH, accounts(2_399, 240, 3, 0)))
        .containsExactly("Read 2,400 tools (240 disabled), 3 admins from ldap://a");
  }

  @Test
  void tellsOnlyWhatIsNew() {
    assertThat(told(Level.INFO, "ldap://a", BOTH, accounts(2, 0, 3, 0))).hasSize(1);
    assertThat(told(Level.INFO, "ldap://b", BOTH, accounts(2, 0, 3, 0))).isEmpty();
    assertThat(told(Level.INFO, "ldap://b", BOTH, accounts(3, 0, 3, 0)))
        .containsExactly("Read 4 tools, 3 admins from ldap://b");
  }

  @Test
  void warnsOfNobody() {
    assertThat(told(Level.WARN, "ldap://a", BOTH, accounts(2, 0, 0, 0)))
        .singleElement()
        .asString()
        .contains("no admins", "ldap://a", "directory.admins");
    assertThat(told(Level.WARN, "ldap://a", BOTH, accounts(2, 0, 3, 3)))
        .singleElement()
        .asString()
        .contains("Of the admins", "not one can be used", "directory.locks");
    assertThat(told(Level.WARN, "ldap://a", BOTH, accounts(2, 0, 3, 2))).isEmpty();
  }

  @Test
  void saysNothingOfAdminsWhomNobodyLooksFor() {
    assertThat(told(Level.WARN, "ldap://a", EnumSet.of(AccountKind.TOOL), accounts(2, 0, 0, 0)))
        .isEmpty();
    assertThat(told(Level.INFO, "ldap://a", EnumSet.of(AccountKind.TOOL), accounts(3, 0, 0, 0)))
        .containsExactly("Read 4 tools from ldap://a");
  }

  private List<String> told(
      Level level, String server, Set<AccountKind> kinds, List<Account> accounts) {
    var held = new Held(AccountKind.TOOL, "Odd", HoldReason.INVALID_NAME, "it is odd");
    try (var log = new CapturedLog()) {
      readings.log(
          new DirectorySnapshot(
              accounts,
              List.of(held),
              Instant.EPOCH,
              Optional.of(new DirectorySnapshot.Origin(server, kinds))));
      return log.messages(level);
    }
  }

  private static List<Account> accounts(int tools, int lockedTools, int admins, int lockedAdmins) {
    var accounts = new ArrayList<Account>();
    IntStream.range(0, tools)
        .forEach(i -> accounts.add(account(AccountId.tool("t" + i), i < lockedTools)));
    IntStream.range(0, admins)
        .forEach(i -> accounts.add(account(AccountId.admin("a" + i), i < lockedAdmins)));
    return accounts;
  }

  private static Account account(AccountId id, boolean locked) {
    return new Account(id, new Uid(1001), new HomePath("/home/" + id.name()), locked);
  }
}
