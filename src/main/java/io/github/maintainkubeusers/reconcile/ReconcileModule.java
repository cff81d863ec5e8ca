package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.Planning;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Joins the edges into a controller. */
public final class ReconcileModule extends AbstractModule {
  private final String project;
  private final AdmissionPolicy admission;
  private final CredentialPolicy credentials;
  private final PassPolicy passes;
  private final RemovalPolicy removals;
  private final Services services;

  public ReconcileModule(
      String project,
      AdmissionPolicy admission,
      CredentialPolicy credentials,
      PassPolicy passes,
      RemovalPolicy removals,
      Services services) {
    this.project = requireNonNull(project, "project is null");
    this.admission = requireNonNull(admission, "admission is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.passes = requireNonNull(passes, "passes is null");
    this.removals = requireNonNull(removals, "removals is null");
    this.services = requireNonNull(services, "services is null");
  }

  @Provides
  @Singleton
  HomeFiles homeFiles(Homes homes, Cluster cluster) {
    return new HomeFiles(homes, cluster, credentials);
  }

  @Provides
  @Singleton
  CredentialIssuer credentialIssuer(Cluster cluster, SecureRandom random, InstantSource clock) {
    return new CredentialIssuer(cluster, credentials, services, random, clock);
  }

  @Provides
  @Singleton
  Planning planning() {
    return new Planner(passes.issue(), removals, Optional.of(project), services);
  }

  @Provides
  @Singleton
  ClusterAuthorities clusterAuthorities(
      Cluster cluster, CredentialIssuer issuer, InstantSource clock) {
    return new ClusterAuthorities(cluster, issuer, clock);
  }

  @Provides
  @Singleton
  Targets targets(Catalogue catalogue) {
    return new Targets(catalogue);
  }

  @Provides
  @Singleton
  FaultLog faultLog() {
    return new FaultLog();
  }

  @Provides
  @Singleton
  Progress progress() {
    return new Progress();
  }

  @Provides
  @Singleton
  ClockGuard clockGuard(Cluster cluster) {
    return new ClockGuard(cluster, passes.clockTolerance());
  }

  @Provides
  @Singleton
  AccountPlanner accountPlanner(
      Cluster cluster,
      Targets targets,
      Planning planning,
      ClusterAuthorities cas,
      CredentialIssuer issuer,
      SecureRandom random,
      InstantSource clock) {
    return new AccountPlanner(
        cluster, targets, planning, cas, issuer, new CredentialIds(clock, random), clock);
  }

  @Provides
  @Singleton
  HomeInspector homeInspector(
      CredentialIssuer issuer, HomeFiles homeFiles, Cluster cluster, SteadyClock clock) {
    return new HomeInspector(issuer, homeFiles, new HomeChecks(passes.homeCheck()), cluster, clock);
  }

  @Provides
  @Singleton
  StepRunner stepRunner(
      Cluster cluster, CredentialIssuer issuer, HomeFiles homeFiles, InstantSource clock) {
    return new StepRunner(
        cluster,
        issuer,
        homeFiles,
        new ServiceSecrets(cluster, services, credentials, clock),
        project,
        clock);
  }

  @Provides
  @Singleton
  Backoff backoff(SecureRandom random, SteadyClock clock) {
    return new Backoff(random, clock);
  }

  @Provides
  @Singleton
  RolloutLimiter rolloutLimiter(Cluster cluster, SteadyClock clock) {
    return new RolloutLimiter(
        passes.routinePerMinute(),
        passes.urgentPerMinute(),
        cluster.health()::degradedReason,
        clock);
  }

  @Provides
  @Singleton
  OutcomeLog outcomeLog(FaultLog faults, Progress progress, ControllerListener listener) {
    return new OutcomeLog(faults, progress, listener);
  }

  @Provides
  @Singleton
  AccountReconciler accountReconciler(
      AccountPlanner planner,
      HomeInspector inspector,
      StepRunner runner,
      Backoff backoff,
      RolloutLimiter limiter,
      ClockGuard clockGuard,
      OutcomeLog log) {
    return new AccountReconciler(planner, inspector, runner, backoff, limiter, clockGuard, log);
  }

  @Provides
  @Singleton
  Workers workers(AccountReconciler reconciler, SteadyClock clock) {
    return new Workers(reconciler, passes.concurrency(), clock);
  }

  @Provides
  @Singleton
  DirectoryReader directoryReader(
      Directory directory, Cluster cluster, FaultLog faults, ControllerListener listener) {
    return new DirectoryReader(
        directory, cluster, new Admission(admission, services), faults, listener);
  }

  @Provides
  @Singleton
  Removals removals(Cluster cluster, Targets targets, InstantSource clock) {
    return new Removals(cluster, removals, targets, clock);
  }

  @Provides
  @Singleton
  Pass pass(
      DirectoryReader directory,
      Cluster cluster,
      AccountPlanner planner,
      Removals decisions,
      AccountReconciler reconciler,
      Workers workers,
      ControllerListener listener) {
    return new Pass(directory, cluster, planner, decisions, reconciler, workers.queue(), listener);
  }

  @Provides
  @Singleton
  Housekeeping housekeeping(
      Catalogue catalogue,
      Cluster cluster,
      ClusterAuthorities cas,
      ClockGuard clockGuard,
      FaultLog faults,
      InstantSource clock) {
    return new Housekeeping(catalogue, cluster, cas, clockGuard, faults, clock);
  }

  @Provides
  @Singleton
  PassLog passLog(
      ControllerListener listener, Progress progress, FaultLog faults, SteadyClock clock) {
    return new PassLog(listener, progress, faults, clock);
  }

  @Provides
  @Singleton
  AdminCommands adminCommands(
      Cluster cluster, Catalogue catalogue, InstantSource clock, SecureRandom random) {
    return new AdminCommands(cluster, catalogue, passes.issue().revocation(), clock, random);
  }

  @Provides
  @Singleton
  Controller controller(
      Cluster cluster,
      DirectoryReader directory,
      Housekeeping housekeeping,
      Pass pass,
      Workers workers,
      AdminCommands commands,
      HomeFiles homeFiles,
      PassLog log) {
    return new Controller(
        cluster,
        directory,
        housekeeping,
        pass,
        workers,
        commands,
        new HomeSurvey(cluster, homeFiles),
        log);
  }
}
