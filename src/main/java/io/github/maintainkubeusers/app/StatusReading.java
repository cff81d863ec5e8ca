package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.PodPolicy;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.LeaseStatus;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.reconcile.DryRun;
import io.github.maintainkubeusers.report.AccountRow;
import io.github.maintainkubeusers.report.AuthorityRow;
import io.github.maintainkubeusers.report.LastPass;
import io.github.maintainkubeusers.report.Leader;
import io.github.maintainkubeusers.report.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers how everybody is. */
final class StatusReading {
  private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

  private final Program program;
  private final Settings settings;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  private StatusReading(Program program, Settings settings, Instant now) {
    this.program = program;
    this.settings = settings;
    this.now = now;
  }

  static StatusReport of(Program program, Settings settings, Instant now) {
    return new StatusReading(program, settings, now).read();
  }

  private StatusReport read() {
    DryRun run = program.controller().dryRun();
    run.refusal().ifPresent(reason -> problems.add("Removals refused: " + reason));
    run.accessFault().ifPresent(reason -> problems.add("No kubeconfig can be written: " + reason));
    run.podSecurityPolicies().stream()
        .sorted()
        .forEach(id -> problems.add(id + ": has a PodSecurityPolicy of an earlier controller"));
    podPolicy(run);
    List<AccountRow> accounts = accounts(run, program.cluster(), faults());
    LeaseStatus lease = lease();
    return new StatusReport(
        now,
        run.directory(),
        lease
            .holder()
            .map(holder -> new Leader(holder.identity(), holder.since(), holder.renewed())),
        LastPass.of(lease.annotations()),
        authorities(accounts, run.accessFault().isPresent()),
        accounts,
        problems);
  }

  /** Where nothing limits them, pods of tools may be privileged, and so be anybody on a node. */
  private void podPolicy(DryRun run) {
    boolean labelled =
        run.plans().stream()
            .map(Plan::target)
            .anyMatch(
                target ->
                    target instanceof Target.Wanted(_, var blueprint)
                        && blueprint.namespaceLabels().containsKey(POD_SECURITY));
    boolean tools = run.plans().stream().anyMatch(plan -> plan.id().kind() == AccountKind.TOOL);
    if (labelled || !tools) {
      return;
    }
    try {
      if (!PodPolicy.isApplied(program.connection())) {
        problems.add(
            "Pods of tools may be privileged and mount anything of a node: neither the component"
                + " pod-policy nor pod-security is applied");
      }
    } catch (ClusterException e) {
      problems.add("Whether anything limits pods of tools is unknown: " + e.getMessage());
    }
  }

  private List<AccountRow> accounts(
      DryRun run, Cluster cluster, Map<AccountId, LastingFault> faults) {
    boolean refused = run.refusal().isPresent();
    var rows = new ArrayList<AccountRow>();
    run.plans()
        .forEach(
            plan ->
                rows.add(
                    AccountRow.of(
                        cluster.observe(plan.id()),
                        plan,
                        refused,
                        Optional.ofNullable(faults.get(plan.id())),
                        now)));
    run.unnamed().forEach(held -> rows.add(AccountRow.of(held)));
    return rows;
  }

  private LeaseStatus lease() {
    try {
      return LeaseStatus.read(
          program.connection(), settings.cluster().namespace(), settings.lease().name(), now);
    } catch (ClusterException e) {
      problems.add("Leader unknown: " + e.getMessage());
      return new LeaseStatus(Optional.empty(), Map.of());
    }
  }

  /** What the controller could not do, by its own word. */
  private Map<AccountId, LastingFault> faults() {
    try {
      return program.faults().read();
    } catch (ClusterException e) {
      problems.add("What fails is unknown: " + e.getMessage());
      return Map.of();
    }
  }

  /**
   * Whom clients trust and whom the API server trusts, which may be different, and whoever signed a
   * certificate.
   *
   * @param causeIsKnown whether it has been said already why they are not known
   */
  private List<AuthorityRow> authorities(List<AccountRow> accounts, boolean causeIsKnown) {
    var forServer = new HashMap<String, Instant>();
    var forClients = new HashMap<String, Instant>();
    try {
      ClusterEndpoint endpoint = program.cluster().endpoint();
      forServer.putAll(CaBundle.parse(endpoint.caBundle()).ends());
      endpoint.knownClientCas().ifPresent(known -> forClients.putAll(CaBundle.parse(known).ends()));
    } catch (ClusterException | CredentialException e) {
      if (!causeIsKnown) {
        problems.add("CAs unknown: " + e.getMessage());
      }
    }
    Map<String, Integer> issued = StatusReport.issuers(accounts);
    var all = new HashSet<>(issued.keySet());
    all.addAll(forServer.keySet());
    all.addAll(forClients.keySet());
    return all.stream()
        .sorted()
        .map(
            ca ->
                new AuthorityRow(
                    ca,
                    forServer.containsKey(ca),
                    forClients.containsKey(ca),
                    Optional.ofNullable(forServer.getOrDefault(ca, forClients.get(ca))),
                    issued.getOrDefault(ca, 0)))
        .toList();
  }
}
