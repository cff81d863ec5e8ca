package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final AdmissionPolicy TOOLFORGE =
      new AdmissionPolicy(
          1000,
          Set.of("system", "kube-*", "default"),
          List.of(new HomePath("/data/project")),
          List.of(new HomePath("/home")),
          false);

  @Test
  void admitsOrdinaryAccounts() {
    var desired = admit(admin("alice", 2001), tool("b", 1002), tool("a", 1001));

    assertThat(desired.accounts().values())
        .containsExactlyInAnyOrder(tool("a", 1001), tool("b", 1002), admin("alice", 2001));
    assertThat(desired.held()).isEmpty();
  }

  @Test
  void passesOnWhatTheDirectoryCouldNotMakeAnAccountOf() {
    var odd = new Held(AccountKind.TOOL, "Odd Name", HoldReason.INVALID_NAME, "it is odd");

    var desired =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(List.of(tool("a", 1001)), List.of(odd), Instant.EPOCH),
                _ -> false);

    assertThat(desired.held()).containsExactly(odd);
    assertThat(desired.accounts().values()).containsExactly(tool("a", 1001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "default", "kube-system", "kube-x"})
  void holdsReservedNamesOfToolsAndAdmins(String name) {
    for (Account account : List.of(tool(name, 1001), admin(name, 2001))) {
      assertHeld(admit(account), account.id(), HoldReason.RESERVED_NAME, "the name is reserved");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"systems", "my-system", "kube", "kubesystem", "a-kube-x", "defaults"})
  void admitsNamesThatOnlyResembleReservedOnes(String name) {
    assertThat(admit(tool(name, 1001)).accounts()).hasSize(1);
  }

  @Test
  void holdsAnAdminWhoseBindingWouldBeAnotherAdminsViewBinding() {
    var desired = admit(admin("x", 2001), admin("x-view", 2002), tool("y-view", 1001));

    assertHeld(
        desired,
        AccountId.admin("x-view"),
        HoldReason.RESERVED_NAME,
        "the name of an admin cannot end in -view: its binding x-view-binding would be the one that"
            + " lets the admin x view");
    assertThat(desired.accounts().values())
        .containsExactlyInAnyOrder(tool("y-view", 1001), admin("x", 2001));
  }

  @Test
  void holdsAToolAndAnAdminOfOneName() {
    var desired = admit(tool("x", 1001), admin("x", 2001), tool("y", 1002));

    assertHeld(
        desired, AccountId.tool("x"), HoldReason.NAME_OF_TOOL_AND_ADMIN, "a tool and an admin");
    assertHeld(
        desired, AccountId.admin("x"), HoldReason.NAME_OF_TOOL_AND_ADMIN, "a tool and an admin");
    assertThat(desired.accounts().values()).containsExactly(tool("y", 1002));
  }

  @Test
  void holdsAToolWithTheNameOfAnAdminWhoseOwnEntryIsMalformed() {
    var odd = new Held(AccountKind.ADMIN, "x", HoldReason.INVALID_UID, "no number");

    var desired =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(List.of(tool("x", 1001)), List.of(odd), Instant.EPOCH),
                _ -> false);

    assertHeld(
        desired, AccountId.tool("x"), HoldReason.NAME_OF_TOOL_AND_ADMIN, "a tool and an admin");
    assertThat(desired.held()).contains(odd);
    assertThat(desired.accounts().values()).isEmpty();
  }

  @Test
  void holdsAllEntriesOfOneAccountForNobodyCanSayWhichIsRight() {
    var desired = admit(tool("x", 1001), tool("x", 1002), tool("y", 1003));

    assertHeld(
        desired,
        AccountId.tool("x"),
        HoldReason.DUPLICATE_ENTRY,
        "the directory has 2 entries of it");
    assertThat(desired.held()).hasSize(1);
    assertThat(desired.accounts().values()).containsExactly(tool("y", 1003));
  }

  @Test
  void holdsAnAccountThatHasAMalformedEntryBesideItsGoodOne() {
    var odd = new Held(AccountKind.TOOL, "x", HoldReason.INVALID_UID, "no number");

    var desired =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(
                    List.of(tool("x", 1001), tool("y", 1002)), List.of(odd), Instant.EPOCH),
                _ -> false);

    assertHeld(
        desired,
        AccountId.tool("x"),
        HoldReason.DUPLICATE_ENTRY,
        "the directory has 2 entries of it");
    assertThat(desired.held()).hasSize(1);
    assertThat(desired.accounts().values()).containsExactly(tool("y", 1002));
  }

  @Test
  void holdsUserIdsOfTheSystem() {
    var desired = admit(tool("x", 999), tool("y", 1000));

    assertHeld(
        desired, AccountId.tool("x"), HoldReason.UID_BELOW_FLOOR, "its user id 999 is below 1000");
    assertThat(desired.accounts().values()).containsExactly(tool("y", 1000));
  }

  @Test
  void saysOfADuplicateWhatItIs() {
    var mirror = new Held(AccountKind.TOOL, "X", HoldReason.DUPLICATE_ENTRY, "it is a mirror");
    var wanted =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(List.of(tool("x", 1001)), List.of(mirror), Instant.EPOCH),
                _ -> true);

    assertThat(wanted.accounts()).isEmpty();
    assertThat(wanted.onHold().get(AccountId.tool("x")).held().explanation())
        .isEqualTo("it is a mirror");
    assertThat(wanted.uid(AccountId.tool("x"))).contains(new Uid(1001));
  }

  @Test
  void takesNoOtherLetterForOneOfAscii() {
    var odd = new Held(AccountKind.TOOL, "\u212aite", HoldReason.INVALID_NAME, "it is odd");
    var wanted =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(List.of(tool("kite", 1001)), List.of(odd), Instant.EPOCH),
                _ -> false);

    assertThat(wanted.accounts()).containsOnlyKeys(AccountId.tool("kite"));
    assertThat(wanted.unnamed()).containsExactly(odd);
  }

  @Test
  void holdsGroupIdsOfTheSystem() {
    var account = tool("x", 1001);
    for (int gid : new int[] {1, 27, 999}) {
      var desired =
          admit(new Account(account.id(), account.uid(), new Gid(gid), account.home(), false));
      assertHeld(
          desired,
          account.id(),
          HoldReason.GID_BELOW_FLOOR,
          "its group id " + gid + " is below 1000");
    }
    var shared = new Account(account.id(), account.uid(), new Gid(1000), account.home(), false);
    assertThat(admit(shared).accounts().values()).containsExactly(shared);
  }

  @Test
  void holdsTheIdOfNobody() {
    var account = tool("x", 1001);
    var group = new Account(account.id(), account.uid(), new Gid(65_534), account.home(), false);

    assertHeld(admit(tool("x", 65_534)), account.id(), HoldReason.ID_OF_NOBODY, "65534");
    assertHeld(admit(group), account.id(), HoldReason.ID_OF_NOBODY, "65534");
    assertThat(admit(tool("x", 65_533), tool("y", 65_535)).accounts()).hasSize(2);
  }

  @Test
  void holdsAllWhoShareAUserIdAndNamesTheOthers() {
    var desired = admit(tool("x", 1001), admin("y", 1001), tool("z", 1002));

    assertHeld(
        desired,
        AccountId.tool("x"),
        HoldReason.SHARED_UID,
        "its user id 1001 belongs also to admin y");
    assertHeld(
        desired,
        AccountId.admin("y"),
        HoldReason.SHARED_UID,
        "its user id 1001 belongs also to tool x");
    assertThat(desired.accounts().values()).containsExactly(tool("z", 1002));
  }

  @Test
  void namesThreeOfManyWhoShareAUserId() {
    var desired =
        admit(
            Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> tool(name, 1001))
                .toArray(Account[]::new));

    assertHeld(
        desired,
        AccountId.tool("b"),
        HoldReason.SHARED_UID,
        "belongs also to tool a, tool c, tool d and 2 more");
  }

  @Test
  void letsUserIdsBeSharedWhereThePolicySaysSo() {
    var policy =
        new AdmissionPolicy(1000, Set.of(), TOOLFORGE.toolRoots(), TOOLFORGE.adminRoots(), true);

    var desired =
        new Admission(policy).admit(snapshot(tool("x", 1001), admin("y", 1001)), _ -> false);

    assertThat(desired.accounts().values()).hasSize(2);
    assertThat(desired.held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home/x", "/data/project", "/data/project2/x", "/data", "/etc/cron.d"})
  void holdsHomesOfToolsOutsideTheRootOfTools(String home) {
    assertHeld(
        admit(account(AccountId.tool("x"), 1001, home)),
        AccountId.tool("x"),
        HoldReason.HOME_OUTSIDE_ROOTS,
        "its home " + home + " is not below /data/project");
  }

  @Test
  void holdsHomesOfAdminsAmongThoseOfTools() {
    assertHeld(
        admit(account(AccountId.admin("x"), 1001, "/data/project/x")),
        AccountId.admin("x"),
        HoldReason.HOME_OUTSIDE_ROOTS,
        "its home /data/project/x is not below /home");
  }

  @Test
  void takesAHomeBelowAnyOfSeveralRootsAndNamesThemAllOtherwise() {
    var policy =
        new AdmissionPolicy(
            1000, Set.of(), List.of(new HomePath("/a"), new HomePath("/b")), List.of(), false);

    var desired =
        new Admission(policy)
            .admit(
                snapshot(
                    account(AccountId.tool("x"), 1001, "/b/x"),
                    account(AccountId.tool("y"), 1002, "/c/y")),
                _ -> false);

    assertThat(desired.accounts().values())
        .extracting(Account::id)
        .containsExactly(AccountId.tool("x"));
    assertHeld(
        desired, AccountId.tool("y"), HoldReason.HOME_OUTSIDE_ROOTS, "is not below /a or /b");
  }

  @Test
  void holdsAllWhoShareAHome() {
    var desired =
        admit(
            account(AccountId.tool("x"), 1001, "/data/project/z"),
            account(AccountId.tool("y"), 1002, "/data/project/z"));

    assertHeld(
        desired,
        AccountId.tool("x"),
        HoldReason.SHARED_HOME,
        "its home /data/project/z belongs also to tool y");
    assertHeld(desired, AccountId.tool("y"), HoldReason.SHARED_HOME, "belongs also to tool x");
    assertThat(desired.accounts().values()).isEmpty();
  }

  @Test
  void keepsDisabledAccountsForThePlannerToSay() {
    var locked =
        new Account(AccountId.tool("x"), new Uid(1001), new HomePath("/data/project/x"), true);

    assertThat(admit(locked).accounts().values()).containsExactly(locked);
  }

  @Test
  void holdsOfATwoWithOneNameOnlyTheOneThatIsNotRecorded() {
    var wanted =
        new Admission(TOOLFORGE)
            .admit(snapshot(tool("x", 1001), admin("x", 2001)), AccountId.admin("x")::equals);

    assertThat(wanted.accounts()).containsOnlyKeys(AccountId.admin("x"));
    assertThat(wanted.onHold()).containsOnlyKeys(AccountId.tool("x"));
  }

  @Test
  void remembersOfWhoeverIsHeldThatItIsLocked() {
    var locked = new Account(AccountId.admin("x"), new Uid(2001), new HomePath("/home/x"), true);
    var malformed = new Held(AccountKind.TOOL, "Y", HoldReason.INVALID_UID, "no number", true);
    var duplicate = new Held(AccountKind.TOOL, "z", HoldReason.INVALID_UID, "no number", true);
    var wanted =
        new Admission(TOOLFORGE)
            .admit(
                new DirectorySnapshot(
                    List.of(tool("x", 1001), locked, tool("z", 1003)),
                    List.of(malformed, duplicate),
                    Instant.EPOCH),
                _ -> false);

    assertThat(wanted.onHold().get(AccountId.admin("x")).held().locked()).isTrue();
    assertThat(wanted.onHold().get(AccountId.tool("x")).held().locked()).isFalse();
    assertThat(wanted.onHold().get(AccountId.tool("y")).held().locked())
        .as("case is ignored")
        .isTrue();
    assertThat(wanted.onHold().get(AccountId.tool("z")).held().locked())
        .as("any entry counts")
        .isTrue();
  }

  @Test
  @Timeout(10)
  void admitsAHundredThousandAccountsInLittleTime() {
    Account[] many =
        IntStream.range(0, 100_000)
            .mapToObj(i -> tool("tool-" + i, 100_000 + i))
            .toArray(Account[]::new);
    var before = System.nanoTime();

    assertThat(admit(many).accounts()).hasSize(100_000);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
  }

  private static WantedAccounts admit(Account... accounts) {
    return new Admission(TOOLFORGE).admit(snapshot(accounts), _ -> false);
  }

  private static DirectorySnapshot snapshot(Account... accounts) {
    return new DirectorySnapshot(List.of(accounts), List.of(), Instant.EPOCH);
  }

  private static void assertHeld(
      WantedAccounts desired, AccountId id, HoldReason reason, String explanation) {
    Map<String, Held> held =
        desired.held().stream()
            .filter(one -> one.kind() == id.kind())
            .collect(toMap(Held::name, one -> one, (first, second) -> second));
    assertThat(held).containsKey(id.name().value());
    assertThat(held.get(id.name().value()).reason()).isEqualTo(reason);
    assertThat(held.get(id.name().value()).explanation()).contains(explanation);
    assertThat(desired.accounts().values()).extracting(Account::id).doesNotContain(id);
  }

  private static Account tool(String name, int uid) {
    return account(AccountId.tool(name), uid, "/data/project/" + name);
  }

  private static Account admin(String name, int uid) {
    return account(AccountId.admin(name), uid, "/home/" + name);
  }

  private static Account account(AccountId id, int uid, String home) {
    return new Account(id, new Uid(uid), new HomePath(home), false);
  }
}
