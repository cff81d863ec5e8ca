package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.kube.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the certificates of the cluster now and then, while this process leads. No pass waits
 * for it, and it never fails: what cannot be looked at is not known, and that is all.
 */
final class CertificateWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  /** What a look at one kind may take, as a rule: thousands of kubelets that answer. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** How often it asks itself whether something is to be done. */
  private static final Duration TICK = Duration.ofMinutes(1);

  /** What is broken or failed is looked at so soon again, so that a repair shows. */
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final Duration interval;
  private final Duration longest;
  private final BooleanSupplier leads;
  private final InstantSource steady;
  private final Supplier<Looker> lookers;
  private final Consumer<Map<CertificateKind, List<CertificateReport>>> metrics;
  private final CertificateLog log = new CertificateLog();
  private final Map<CertificateKind, KindLook> known = new EnumMap<>(CertificateKind.class);
  private Optional<Instant> leading = Optional.empty();
  private Optional<Instant> whole = Optional.empty();
  private Instant last = Instant.MIN;

  /** Looks at all certificates of a kind, as they are at one time. */
  @FunctionalInterface
  interface Looker {
    /**
     * @param failed gives what to report where the API server did not tell a part
     */
    List<CertificateReport> look(
        CertificateKind kind, Function<ClusterException, List<CertificateReport>> failed);
  }

  /**
   * @param interval between looks at everything
   * @param longest that a look at one kind may take
   * @param steady a clock that is never set
   * @param lookers gives one for each look
   * @param metrics takes all that is known, by kind
   */
  CertificateWatch(
      Duration interval,
      Duration longest,
      BooleanSupplier leads,
      InstantSource steady,
      Supplier<Looker> lookers,
      Consumer<Map<CertificateKind, List<CertificateReport>>> metrics) {
    this.interval = requireNonNull(interval, "interval is null");
    this.longest = requireNonNull(longest, "longest is null");
    this.leads = requireNonNull(leads, "leads is null");
    this.steady = requireNonNull(steady, "steady is null");
    this.lookers = requireNonNull(lookers, "lookers is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
  }

  /** How often this is to be run. */
  Duration tick() {
    return shorter(interval, TICK);
  }

  @Override
  public void run() {
    try {
      if (!leads.getAsBoolean()) {
        forget();
      } else if (leading.isEmpty()) {
        leading = Optional.of(steady.instant()); // a new leader's first pass goes first
      } else {
        look(due(steady.instant()));
      }
    } catch (RuntimeException e) {
      LOG.error("Internal error while looking at certificates", e);
    }
  }

  private void forget() {
    if (leading.isPresent()) {
      leading = Optional.empty();
      whole = Optional.empty();
      known.clear();
      log.forget();
      metrics.accept(Map.of());
    }
  }

  private List<CertificateKind> due(Instant now) {
    if (whole.isEmpty() || !now.isBefore(whole.get().plus(interval))) {
      whole = Optional.of(now);
      last = now;
      return List.copyOf(CertificateCheck.KINDS);
    }
    if (now.isBefore(last.plus(shorter(interval, AGAIN)))) {
      return List.of();
    }
    last = now;
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().isWorthAnother())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void look(List<CertificateKind> kinds) {
    if (kinds.isEmpty()) {
      return;
    }
    Looker looker = lookers.get();
    var looks = new EnumMap<CertificateKind, KindLook>(CertificateKind.class);
    kinds.forEach(kind -> looks.put(kind, bounded(kind, looker)));
    if (!leads.getAsBoolean()) {
      return; // the program ends meanwhile, which is no fault of what was looked at
    }
    known.putAll(looks);
    log.tell(looks);
    var seen = new EnumMap<CertificateKind, List<CertificateReport>>(CertificateKind.class);
    known.forEach(
        (kind, look) -> {
          if (look.saw()) {
            seen.put(kind, look.reports());
          }
        });
    metrics.accept(seen);
  }

  /** In a thread of its own, which is not waited for longer than a look may take. */
  private KindLook bounded(CertificateKind kind, Looker looker) {
    var task = new FutureTask<>(() -> look(kind, looker));
    Thread thread = Thread.ofVirtual().name("certificates").start(task);
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      thread.interrupt();
      return KindLook.failed("a look takes longer than " + longest.toSeconds() + " s");
    } catch (ExecutionException e) {
      LOG.debug("Certificates of kind {} could not be looked at", kind, e.getCause());
      return KindLook.failed(String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return KindLook.failed("the program ends");
    }
  }

  private static KindLook look(CertificateKind kind, Looker looker) {
    var rights = new ArrayList<String>();
    var failures = new ArrayList<String>();
    List<CertificateReport> reports =
        looker.look(
            kind,
            failure -> {
              boolean forbidden = failure.reason() == ClusterException.Reason.FORBIDDEN;
              (forbidden ? rights : failures).add(failure.getMessage());
              return List.of();
            });
    return new KindLook(reports, rights.stream().findFirst(), failures.stream().findFirst());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
