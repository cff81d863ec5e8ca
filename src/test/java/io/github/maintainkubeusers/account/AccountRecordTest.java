package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountRecordTest {
  private static final Credential CREDENTIAL =
      new Credential(
          new CredentialId("01k8c8nuv5hn0dd2pb6e"),
          7,
          "0123456789abcdef".repeat(4),
          "f".repeat(64),
          "1f00",
          Instant.parse("2026-11-22T03:45:14Z"),
          Instant.parse("2027-11-22T03:45:14Z"));
  private static final AccountRecord RECORD =
      AccountRecord.active(
          new Uid(52503),
          CREDENTIAL,
          List.of(
              new AccountRecord.Previous(
                  CredentialId.LEGACY, Instant.parse("2026-11-22T04:00:14Z"))),
          Instant.parse("2026-11-22T03:50:14Z"),
          LastApplied.NONE);

  @Test
  void isWrittenAsEntriesForPeopleToRead() {
    assertThat(RECORD.toEntries())
        .containsOnly(
            Map.entry("uid", "52503"),
            Map.entry("credential", "01k8c8nuv5hn0dd2pb6e"),
            Map.entry("generation", "7"),
            Map.entry("previous", "legacy@2026-11-22T04:00:14Z"),
            Map.entry("certificate", "0123456789abcdef".repeat(4)),
            Map.entry("issuer", "f".repeat(64)),
            Map.entry("serial", "1f00"),
            Map.entry("not-before", "2026-11-22T03:45:14Z"),
            Map.entry("not-after", "2027-11-22T03:45:14Z"),
            Map.entry("since", "2026-11-22T03:50:14Z"),
            Map.entry("state", "active"));
  }

  @Test
  void remembersTheCertificatesBeforeTheNewestUntilTheyEnd() {
    Instant now = Instant.parse("2026-12-01T00:00:00Z");
    AccountRecord first = RECORD.succeeding(Optional.empty(), now);
    AccountRecord second = renewed(8, first, now);
    AccountRecord third = renewed(9, second, now);

    assertThat(third.former())
        .extracting(AccountRecord.Former::number)
        .as("the newest first")
        .containsExactly(8, 7);
    assertThat(third.former().getLast())
        .isEqualTo(
            new AccountRecord.Former(
                CREDENTIAL.certificate(), CREDENTIAL.id(), 7, CREDENTIAL.notAfter()));
    assertThat(AccountRecord.fromEntries(third.toEntries())).isEqualTo(third);
    assertThat(renewed(10, third, CREDENTIAL.notAfter()).former())
        .as("ended ones are cleaned up")
        .isEmpty();
    AccountRecord many = third;
    for (int number = 10; number < 30; number++) {
      many = renewed(number, many, now);
    }
    assertThat(many.former()).hasSize(8);
    assertThat(third.in(AccountState.QUARANTINED, now).former()).isEqualTo(third.former());
  }

  @Test
  void remembersCertificatesWithoutAGroup() {
    Instant now = Instant.parse("2026-12-01T00:00:00Z");
    CredentialId id = CREDENTIAL.id().withoutGroup();
    var credential =
        new Credential(
            id,
            1,
            CREDENTIAL.certificate(),
            CREDENTIAL.issuer(),
            CREDENTIAL.serial(),
            CREDENTIAL.notBefore(),
            CREDENTIAL.notAfter());
    AccountRecord record =
        AccountRecord.active(
            new Uid(52503),
            credential,
            List.of(new AccountRecord.Previous(id, now)),
            now,
            LastApplied.NONE);

    AccountRecord next = renewed(2, record.succeeding(Optional.empty(), now), now);

    assertThat(next.former()).extracting(AccountRecord.Former::id).containsExactly(id);
    assertThat(AccountRecord.fromEntries(next.toEntries())).isEqualTo(next);
    assertThat(AccountRecord.fromEntries(record.toEntries())).isEqualTo(record);
  }

  private static AccountRecord renewed(int number, AccountRecord before, Instant now) {
    var credential =
        new Credential(
            CREDENTIAL.id(),
            number,
            "%064x".formatted(number),
            CREDENTIAL.issuer(),
            CREDENTIAL.serial(),
            CREDENTIAL.notBefore(),
            CREDENTIAL.notAfter());
    return AccountRecord.active(new Uid(52503), credential, List.of(), now, LastApplied.NONE)
        .succeeding(Optional.of(before), now);
  }

  @Property
  void isReadBackAsItWasWritten(@ForAll("records") AccountRecord record) {
    assertThat(AccountRecord.fromEntries(record.toEntries())).isEqualTo(record);
  }

  @Test
  void passesOverEntriesThatItDoesNotKnow() {
    var entries = new HashMap<>(RECORD.toEntries());
    entries.put("mood", "of a later version");

    assertThat(AccountRecord.fromEntries(entries)).isEqualTo(RECORD);
  }

  @Test
  void keepsItsCredentialsInAnotherStateButNotTheSupersededOnes() {
    Instant later = Instant.parse("2026-12-01T00:00:00Z");
    AccountRecord resting = RECORD.in(AccountState.QUARANTINED, later);
    assertThat(resting.previous()).isEmpty();
    assertThat(resting.since()).isEqualTo(later);
    assertThat(AccountRecord.fromEntries(resting.toEntries())).isEqualTo(resting);
  }

  @Test
  void canBeOfAnAccountInQuarantineWithoutCredentials() {
    AccountRecord record = AccountRecord.quarantinedUnrecorded(new Uid(52503), RECORD.since());

    assertThat(AccountRecord.fromEntries(record.toEntries())).isEqualTo(record);
    assertThat(AccountRecord.fromEntries(record.withPodsDeleted(true).toEntries()).podsDeleted())
        .isTrue();
  }

  @Test
  void endsTheRightsOfSupersededCredentialsInTimeWhateverTheClockSays() {
    assertThat(RECORD.previousAt(RECORD.since().plusSeconds(599))).hasSize(1);
    assertThat(RECORD.previousAt(RECORD.since().plusSeconds(600))).isEmpty();
    assertThat(RECORD.previousAt(RECORD.since().minusSeconds(599))).hasSize(1);
    assertThat(RECORD.previousAt(RECORD.since().minusSeconds(600))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAnEntryThatIsMissing(String name) {
    var entries = new HashMap<>(RECORD.toEntries());
    entries.remove(name);

    refuses(entries, "the record has no " + name);
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void namesAnEntryThatMakesNoSense(String name, String text) {
    var entries = new HashMap<>(RECORD.toEntries());
    entries.put(name, text);

    refuses(entries, "the record's " + name);
    refuses(entries, InvalidValueException.quoted(text));
  }

  @Test
  void refusesALifeThatEndsBeforeItBegins() {
    var entries = new HashMap<>(RECORD.toEntries());
    entries.put("not-after", entries.get("not-before"));

    refuses(
        entries,
        "not-after 2026-11-22T03:45:14Z is not later than not-before 2026-11-22T03:45:14Z");
  }

  static Stream<String> names() {
    return RECORD.toEntries().keySet().stream().filter(name -> !name.equals("previous"));
  }

  /** Of each entry: empty, rubbish, and what only just is not right. */
  static Stream<Arguments> nonsense() {
    return Stream.of(
            Stream.of("", "0", "-5", "root", "99999999999").map(text -> Arguments.of("uid", text)),
            Stream.of("", "-1", "07", "x", "1000000000")
                .map(text -> Arguments.of("generation", text)),
            Stream.of("", "7", "01K8C8NUV5HN0DD2PB6E", "01k8c8nuv5hn0dd2pb6w")
                .map(text -> Arguments.of("credential", text)),
            Stream.of("certificate", "issuer")
                .flatMap(
                    name ->
                        Stream.of(
                                "", "f".repeat(63), "f".repeat(65), "F".repeat(64), "g".repeat(64))
                            .map(text -> Arguments.of(name, text))),
            Stream.of("", "1F", "-1", "0x1f", "f".repeat(65))
                .map(text -> Arguments.of("serial", text)),
            Stream.of("not-before", "not-after", "since")
                .flatMap(
                    name ->
                        Stream.of(
                                "",
                                "soon",
                                "2027-11-22T03:50:14",
                                "2027-13-01T00:00:00Z",
                                "+1000000000-12-31T23:59:59.999999999Z",
                                "-1000000000-01-01T00:00:00Z",
                                "+10000-01-01T00:00:00Z",
                                "-0001-12-31T23:59:59Z")
                            .map(text -> Arguments.of(name, text))))
        .flatMap(cases -> cases);
  }

  @Provide
  Arbitrary<AccountRecord> records() {
    var uids = Arbitraries.integers().between(1, Integer.MAX_VALUE).map(Uid::new);
    var ids =
        Arbitraries.strings()
            .withCharRange('0', '9')
            .withCharRange('a', 'v')
            .ofLength(20)
            .map(CredentialId::new);
    var digests = Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    var serials =
        Arbitraries.strings().withChars("0123456789abcdef").ofMinLength(1).ofMaxLength(40);
    var credentials =
        Combinators.combine(
                ids,
                Arbitraries.integers().between(0, 999_999_999),
                digests,
                digests,
                serials,
                times(),
                times())
            .filter((_, _, _, _, _, one, other) -> !one.equals(other))
            .as(
                (id, number, certificate, issuer, serial, one, other) ->
                    new Credential(
                        id,
                        number,
                        certificate,
                        issuer,
                        serial,
                        one.isBefore(other) ? one : other,
                        one.isBefore(other) ? other : one));
    var previous =
        Combinators.combine(ids, times()).as(AccountRecord.Previous::new).list().ofMaxSize(4);
    return Combinators.combine(uids, credentials, previous, times())
        .as(
            (uid, credential, before, since) ->
                AccountRecord.active(uid, credential, before, since, LastApplied.NONE));
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.longs()
        .between(
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(),
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond())
        .map(Instant::ofEpochSecond);
  }

  private static void refuses(Map<String, String> entries, String message) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> AccountRecord.fromEntries(entries))
        .withMessageContaining(message);
  }
}
