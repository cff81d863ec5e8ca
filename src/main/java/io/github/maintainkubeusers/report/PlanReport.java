package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pass would do, for a person and for programs.
 *
 * @param plans for every account
 * @param unnamed entries of the directory whose names are not those of accounts
 * @param refusal why no removal would be carried out, if none would
 * @param accessFault why no kubeconfig could be written, if none could
 * @param pace at which it would be done
 */
public record PlanReport(
    Instant at,
    List<Plan> plans,
    List<Held> unnamed,
    Optional<String> refusal,
    Optional<String> accessFault,
    Pace pace) {
  public PlanReport {
    requireNonNull(at, "at is null");
    plans = List.copyOf(plans);
    unnamed = List.copyOf(unnamed);
    requireNonNull(refusal, "refusal is null");
    requireNonNull(accessFault, "accessFault is null");
    requireNonNull(pace, "pace is null");
  }

  /** Without what the pass would refuse to do. */
  private Cost cost() {
    return Cost.of(believed());
  }

  private Duration time() {
    return pace.time(believed());
  }

  private List<Plan> believed() {
    return plans.stream().filter(plan -> !isRefused(plan)).toList();
  }

  private boolean isRefused(Plan plan) {
    return plan.removesAccess() && refusal.isPresent();
  }

  private long settled() {
    return plans.stream().filter(Plan::isSettled).count();
  }

  private List<String> problems() {
    var problems = new ArrayList<String>();
    refusal.ifPresent(reason -> problems.add("Removals would be refused: " + reason));
    accessFault.ifPresent(reason -> problems.add("No kubeconfig can be written: " + reason));
    return problems;
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    plans.forEach(plan -> addTo(lines, plan));
    unnamed.forEach(held -> lines.add(held.toString()));
    lines.addAll(problems());
    long changed = plans.stream().filter(plan -> !plan.steps().isEmpty()).count();
    lines.add(changed + " accounts need something: " + cost() + ", about " + text(time()));
    lines.add(settled() + " accounts need nothing");
    return lines.stream().map(TextTable::clean).toList();
  }

  private static String text(Duration time) {
    return time.toMinutes() < 2 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private void addTo(List<String> lines, Plan plan) {
    plan.obstacle().ifPresent(obstacle -> lines.add(StepText.of(plan.id(), obstacle)));
    if (plan.steps().isEmpty()) {
      return;
    }
    String absence = plan.target().absence();
    lines.add(
        plan.id()
            + ": "
            + plan.why()
            + (absence.isEmpty() ? "" : " (" + absence + ")")
            + (isRefused(plan) ? ", refused" : ""));
    plan.steps().forEach(step -> lines.add("    " + StepText.of(plan.id(), step)));
  }

  /** The accounts for which there is something to do, or something in the way. */
  public Document document() {
    Cost cost = cost();
    var accounts = new ArrayList<>();
    plans.stream().filter(plan -> !plan.isSettled()).forEach(plan -> accounts.add(document(plan)));
    unnamed.forEach(
        held ->
            accounts.add(
                new Document()
                    .put("kind", held.kind().label())
                    .put("name", held.name())
                    .put("refused", false)
                    .put("obstacle", held.toString())
                    .put("steps", List.of())
                    .put("apiWrites", 0)
                    .put("certificates", 0)
                    .entries()));
    return new Document()
        .put("apiVersion", StatusDocument.VERSION)
        .put("kind", "Plan")
        .put("at", at.toString())
        .put(
            "summary",
            new Document()
                .put("accounts", plans.size())
                .put("settled", settled())
                .put("apiWrites", cost.writes())
                .put("certificates", cost.certificates())
                .put("seconds", time().toSeconds()))
        .put("problems", problems())
        .put("accounts", accounts);
  }

  private Object document(Plan plan) {
    Cost cost = Cost.of(plan);
    var account =
        new Document().put("kind", plan.id().kind().label()).put("name", plan.id().name().value());
    Optional.of(plan.why()).filter(why -> !why.isEmpty()).ifPresent(why -> account.put("why", why));
    Optional.of(plan.target().absence())
        .filter(absence -> !absence.isEmpty())
        .ifPresent(absence -> account.put("absence", absence));
    return account
        .put("refused", isRefused(plan))
        .put("obstacle", plan.obstacle().map(obstacle -> StepText.of(plan.id(), obstacle)))
        .put("steps", plan.steps().stream().map(step -> StepText.of(plan.id(), step)).toList())
        .put("apiWrites", cost.writes())
        .put("certificates", cost.certificates())
        .entries();
  }
}
