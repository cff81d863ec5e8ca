package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Subject;
import java.util.Collection;
import java.util.List;

/** Plans in words. */
final class StepText {
  private StepText() {}

  static String of(AccountId id, Plan.Obstacle obstacle) {
    return switch (obstacle) {
      case Plan.Obstacle.Waiting(String reason) -> id + ": waits: " + reason;
      case Plan.Obstacle.OnHold(var held) -> held.toString();
      case Plan.Obstacle.RemovalRefused(String reason) -> id + ": keeps its access: " + reason;
    };
  }

  static String of(AccountId id, Step step) {
    return switch (step) {
      case ClusterStep write -> of(write);
      case HomeStep.Prepare() -> "prepare the home";
      case HomeStep.WriteCredentials() ->
          id.kind().hasHome()
              ? "write key, certificate and kubeconfig"
              : "put key, certificate and CAs into its Secret";
      case HomeStep.WriteKubeconfig() ->
          id.kind().hasHome()
              ? "write the kubeconfig"
              : "put the same pair into its Secret, with the CAs and in the form of now";
      case HomeStep.Mark(boolean disabled) ->
          (disabled ? "create" : "delete") + " k8s.disabled in the home";
      case CredentialStep.Issue(CredentialId next) -> "issue a new key and certificate, ID " + next;
      case CredentialStep.Adopt() ->
          "take over the credentials that an earlier controller issued, or replace"
              + " them if they are not valid";
      case CredentialStep.RecordCredentials(var draft) ->
          "record the credentials"
              + (draft.number() == 0 ? "" : " as generation " + draft.number());
    };
  }

  private static String of(ClusterStep step) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _ -> "create the namespace or correct its labels";
      case ClusterStep.CreateObject(var object) -> "create " + object.object();
      case ClusterStep.UpdateObject(var object) ->
          "update " + object.object() + " from its template";
      case ClusterStep.SetSubjects(var binding, var subjects) ->
          "set subjects of " + binding.object() + " to " + names(subjects);
      case ClusterStep.RemoveSubjects(var binding, var remaining) ->
          remaining.isEmpty()
              ? "remove all subjects of " + binding
              : "reduce subjects of " + binding + " to " + names(remaining);
      case ClusterStep.DeleteBinding(var binding) ->
          "delete " + binding + ", which no template makes";
      case ClusterStep.Suspend() -> "create the quarantine quota: no pods";
      case ClusterStep.Resume() -> "delete the quarantine quota";
      case ClusterStep.DeletePods() -> "delete its pods";
      case ClusterStep.WriteRecord(var record, _) -> "record: " + record.state().label();
      case ClusterStep.WriteStatus(var status) ->
          "show the owner: expires "
              + status.expires()
              + (status.status().isEmpty() ? "" : ", status: " + status.status());
      case ClusterStep.Bury(var tombstone) ->
          "keep its user id " + tombstone.uid() + " until " + tombstone.notAfter();
      case ClusterStep.Remove() -> "delete it, with everything in its namespace";
    };
  }

  private static List<String> names(Collection<Subject> subjects) {
    return subjects.stream().map(Subject::name).sorted().toList();
  }
}
