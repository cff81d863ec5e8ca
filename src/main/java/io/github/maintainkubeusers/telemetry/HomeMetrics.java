package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.plan.WantedAccounts;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** In how many homes of each root the last attempt failed. */
final class HomeMetrics implements ControllerListener {
  private final List<HomePath> roots;
  private final Map<AccountId, HomeFault> failing = new ConcurrentHashMap<>();
  private volatile Map<AccountId, HomePath> homes = Map.of();

  HomeMetrics(PrometheusRegistry registry, List<HomePath> roots) {
    this.roots = roots.stream().distinct().toList();
    Metric.HOMES_FAILING.gauge(registry, this::writeTo);
  }

  @Override
  public void onEvent(ControllerEvent event) {
    switch (event) {
      case ControllerEvent.DirectoryRead(WantedAccounts wanted, _) -> homes = homes(wanted);
      case ControllerEvent.AccountFailed(AccountId id, RuntimeException cause) ->
          Causes.find(cause, HomeException.class)
              .ifPresentOrElse(fault -> failing.put(id, fault.fault()), () -> failing.remove(id));
      // Of one that waits before it is tried again, nothing new is known.
      case ControllerEvent.Settled(AccountId id, Outcome outcome)
          when !(outcome instanceof Outcome.Failed) ->
          failing.remove(id);
      case ControllerEvent.PassFinished(PassReport report) ->
          failing.keySet().retainAll(report.outcomes().keySet());
      case ControllerEvent.Settled _,
          ControllerEvent.PassStarted _,
          ControllerEvent.StoodBy _,
          ControllerEvent.PassProgressed _,
          ControllerEvent.StageEntered _,
          ControllerEvent.CachesLoaded _,
          ControllerEvent.PlanDone _,
          ControllerEvent.PassFailed _ -> {
        // says nothing of homes
      }
    }
  }

  private static Map<AccountId, HomePath> homes(WantedAccounts wanted) {
    var homes = new HashMap<AccountId, HomePath>();
    for (Account account : wanted.accounts().values()) {
      homes.put(account.id(), account.home());
    }
    return homes;
  }

  private void writeTo(Metric.Sink sink) {
    for (HomePath root : roots) {
      var counts = new HashMap<HomeFault, Integer>();
      failing.forEach(
          (id, fault) -> {
            if (rootOf(id).filter(root::equals).isPresent()) {
              counts.merge(fault, 1, Integer::sum);
            }
          });
      for (HomeFault fault : HomeFault.values()) {
        sink.put(counts.getOrDefault(fault, 0), root.value(), label(fault));
      }
    }
  }

  private Optional<HomePath> rootOf(AccountId id) {
    return Optional.ofNullable(homes.get(id))
        .flatMap(home -> roots.stream().filter(home::isBelow).findFirst());
  }

  private static String label(HomeFault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
