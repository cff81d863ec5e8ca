package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.CertificateReports;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.TestingLeadership;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the leader looks at the cluster's certificates, and what it tells of them. */
class CertificateWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(90));
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final CertificateKind WEBHOOK = CertificateKind.WEBHOOK;
  private static final CertificateKind KUBELET = CertificateKind.KUBELET;

  private final TestClock clock = new TestClock(NOW);
  private final TestingLeadership leadership = new TestingLeadership();
  private final Map<CertificateKind, List<CertificateReport>> found =
      new EnumMap<>(CertificateKind.class);
  private final Map<CertificateKind, RuntimeException> failing =
      new EnumMap<>(CertificateKind.class);
  private final List<CertificateKind> looked = new CopyOnWriteArrayList<>();
  private final List<Map<CertificateKind, List<CertificateReport>>> shown = new ArrayList<>();
  private CapturedLog log;
  private CertificateWatch watch = watch(this::look, SOON);

  @BeforeEach
  void lead() {
    log = new CapturedLog();
    leadership.lead(true);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void looksAtNothingWhileItDoesNotLead() {
    leadership.lead(false);
    runs(3);

    assertThat(looked).isEmpty();
    assertThat(shown).isEmpty();
  }

  @Test
  void looksAtEachKindSoonAfterItBeginsToLeadAndThenOnceAnHour() {
    runs(1);
    assertThat(looked).as("the first pass goes first").isEmpty();
    runs(1);
    assertThat(looked).containsExactlyElementsOf(CertificateCheck.KINDS);

    runs(59);
    assertThat(looked).hasSize(CertificateCheck.KINDS.size());
    runs(1);
    assertThat(looked).hasSize(2 * CertificateCheck.KINDS.size());
  }

  @Test
  void isRunEachMinuteOrMoreOftenWhereTheIntervalIsShorter() {
    assertThat(watch.tick()).isEqualTo(MINUTE);
    assertThat(
            new CertificateWatch(
                    Duration.ofSeconds(3),
                    SOON,
                    leadership::isLeader,
                    clock,
                    () -> this::look,
                    shown::add)
                .tick())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void showsWhatItFoundAndWhatIsKnownOfTheOthers() {
    found.put(WEBHOOK, List.of(CertificateReports.broken(WEBHOOK, "odd", "does not fit")));
    found.put(KUBELET, List.of(CertificateReports.well(KUBELET, "node", END)));
    runs(2);
    assertThat(shown.getLast()).containsAllEntriesOf(found).hasSize(CertificateCheck.KINDS.size());

    found.put(WEBHOOK, List.of(CertificateReports.well(WEBHOOK, "odd", END)));
    passes(AGAIN);

    assertThat(shown).hasSize(2);
    assertThat(shown.getLast()).containsAllEntriesOf(found);
  }

  @Test
  void looksSoonAgainAtWhatIsBrokenOrFailedAndAtNothingElse() {
    found.put(WEBHOOK, List.of(CertificateReports.broken(WEBHOOK, "odd", "does not fit")));
    found.put(KUBELET, List.of(CertificateReports.ending(KUBELET, "node", END)));
    failing.put(CertificateKind.APISERVICE, unavailable());
    failing.put(CertificateKind.APISERVER, forbidden());
    runs(2);
    looked.clear();

    passes(AGAIN.minus(Duration.ofMillis(1)));
    assertThat(looked).isEmpty();
    passes(Duration.ofMillis(1));
    assertThat(looked).containsExactly(WEBHOOK, CertificateKind.APISERVICE);
  }

  @Test
  void leavesOutAKindOfWhichNothingIsKnownAndFailsByNone() {
    failing.put(WEBHOOK, forbidden());
    failing.put(KUBELET, unavailable());
    failing.put(CertificateKind.LDAP, new IllegalStateException("an error of this program"));
    runs(2);

    assertThat(shown.getLast().keySet())
        .doesNotContain(WEBHOOK, KUBELET, CertificateKind.LDAP)
        .hasSize(CertificateCheck.KINDS.size() - 3);
    assertThat(log.messages(Level.WARN)).isEmpty();
  }

  @Test
  void givesUpAKindThatTakesTooLongAndLooksAtTheOthers() {
    var interrupted = new AtomicBoolean();
    watch =
        watch(
            (kind, failed) -> {
              if (kind == KUBELET) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                  throw new IllegalStateException(e);
                }
              }
              return look(kind, failed);
            },
            Duration.ofMillis(50));
    runs(2);

    assertThat(shown.getLast()).doesNotContainKey(KUBELET).containsKeys(WEBHOOK);
    Waiting.until("its end", SOON, interrupted::get);
    assertThat(log.messages(Level.INFO))
        .anyMatch(line -> line.contains("of kind kubelet: a look takes longer than "));
  }

  @Test
  void forgetsAllWhenItNoLongerLeads() {
    found.put(WEBHOOK, List.of(CertificateReports.broken(WEBHOOK, "odd", "does not fit")));
    runs(2);
    leadership.lead(false);
    runs(2);
    assertThat(shown).hasSize(2);
    assertThat(shown.getLast()).isEmpty();

    leadership.lead(true);
    runs(2);
    assertThat(looked).hasSize(2 * CertificateCheck.KINDS.size());
    assertThat(log.messages(Level.WARN)).hasSize(2);
  }

  @Test
  void logsWhatIsWrongOnceWithProblemAndRemedyAndItsEnd() {
    found.put(
        WEBHOOK,
        List.of(
            CertificateReports.broken(WEBHOOK, "odd\n", "does not fit"),
            CertificateReports.ending(WEBHOOK, "soon", END)));
    runs(2);
    passes(AGAIN);
    passes(HOUR);
    assertThat(log.messages(Level.WARN))
        .containsExactly(
            "Certificate webhook odd?: BROKEN: does not fit; repair it",
            "Certificate webhook soon: ends in 5d; renew it");

    found.put(
        WEBHOOK,
        List.of(
            CertificateReports.broken(WEBHOOK, "odd\n", "is empty"),
            CertificateReports.unknown(WEBHOOK, "soon", "no answer")));
    passes(AGAIN);
    assertThat(log.messages(Level.WARN))
        .hasSize(3)
        .last()
        .isEqualTo("Certificate webhook odd?: BROKEN: is empty; repair it");

    found.put(WEBHOOK, List.of(CertificateReports.ending(WEBHOOK, "soon", END)));
    passes(AGAIN);
    passes(HOUR);
    assertThat(log.messages(Level.WARN)).as("what was unknown meanwhile is not new").hasSize(3);
    assertThat(log.messages(Level.INFO))
        .filteredOn(line -> line.contains("recovered"))
        .containsExactly("Certificate webhook odd?: recovered, or no longer there");
  }

  @Test
  void logsNoMoreThanTwentyOfAKindAtOnce() {
    found.put(
        KUBELET,
        IntStream.range(0, 25)
            .mapToObj(i -> CertificateReports.ending(KUBELET, "node-" + i, END))
            .toList());
    runs(2);
    found.put(KUBELET, List.of());
    passes(HOUR);

    assertThat(log.messages(Level.WARN))
        .hasSize(21)
        .last()
        .asString()
        .startsWith("And 5 more certificates of kind kubelet: ");
    assertThat(log.messages(Level.INFO))
        .filteredOn(line -> line.contains("recovered"))
        .hasSize(21)
        .last()
        .isEqualTo("And 5 more certificates of kind kubelet recovered");
  }

  @Test
  void logsRightsThatAreMissingInOneLineOnceAndNamesWhatGivesThem() {
    failing.put(WEBHOOK, forbidden());
    failing.put(KUBELET, forbidden());
    runs(2);
    passes(HOUR);
    passes(HOUR);

    assertThat(log.messages(Level.INFO))
        .singleElement()
        .asString()
        .contains("manifests/components/certificates", "kubelet, webhook (could not list");
  }

  @Test
  void logsWhatIsUnknownOncePerKind() {
    found.put(
        KUBELET,
        List.of(
            CertificateReports.unknown(KUBELET, "one", "no answer"),
            CertificateReports.well(KUBELET, "two", END)));
    failing.put(WEBHOOK, unavailable());
    runs(2);
    passes(AGAIN);
    passes(HOUR);

    assertThat(log.messages(Level.INFO))
        .containsExactly(
            "Not all is known of certificates of kind kubelet: 1 of 2, one is unknown: no answer;"
                + " look",
            "Not all is known of certificates of kind webhook: could not list: no answer");
  }

  private CertificateWatch watch(CertificateWatch.Looker looker, Duration longest) {
    return new CertificateWatch(
        HOUR, longest, leadership::isLeader, clock, () -> looker, shown::add);
  }

  private List<CertificateReport> look(
      CertificateKind kind, Function<ClusterException, List<CertificateReport>> failed) {
    looked.add(kind);
    RuntimeException failure = failing.get(kind);
    if (failure instanceof ClusterException refused) {
      return failed.apply(refused);
    }
    if (failure != null) {
      throw failure;
    }
    return found.getOrDefault(kind, List.of());
  }

  private void runs(int times) {
    for (int i = 0; i < times; i++) {
      watch.run();
      clock.advance(MINUTE);
    }
  }

  /** So much later than the last look, whose minute is over. */
  private void passes(Duration time) {
    clock.advance(time.minus(MINUTE));
    watch.run();
    clock.advance(MINUTE);
  }

  private static ClusterException forbidden() {
    return new ClusterException(
        ClusterException.Reason.FORBIDDEN, "could not list nodes: 403 Forbidden");
  }

  private static ClusterException unavailable() {
    return new ClusterException(ClusterException.Reason.UNAVAILABLE, "could not list: no answer");
  }
}
