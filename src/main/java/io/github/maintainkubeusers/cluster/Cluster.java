package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.kube.ApiServerHealth;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Versions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass sees of the cluster and does to it. Every method may fail with a {@link
 * ClusterException}.
 */
public interface Cluster extends AutoCloseable {
  /** Reads what the cluster holds; a look at an account needs no call after that. */
  void load();

  /**
   * Reads what the cluster holds of one account alone. {@link #records} and {@link #known} then
   * tell of no other, and nothing may be followed.
   */
  default void load(AccountId id) {
    load();
  }

  /**
   * Reads the records of all accounts, and what else it holds of services. {@link #observe} then
   * shows no more of tools, and nothing may be followed.
   */
  default void loadRecords() {
    load();
  }

  /** Keeps what was read up to date from now on. */
  void follow(ClusterChanges changes);

  Observed observe(AccountId id);

  /** Every account that has a record, with the record as far as it can be read. */
  Map<AccountId, RecordState> records();

  /**
   * Every account of which the cluster holds anything: a record, a namespace of ours, a binding
   * with subjects.
   */
  Set<AccountId> known();

  /**
   * Does one step.
   *
   * @param versions of what the plan was made from: a step that finds a record or binding at
   *     another version fails with a conflict, and {@link #observe} then shows what it found
   * @return the versions after the step
   */
  Versions perform(AccountId id, ClusterStep step, Versions versions);

  /**
   * Writes what an admin has stated of an account, over the version that was read.
   *
   * @return the versions after the write
   */
  Versions state(AccountId id, AdminFacts facts, Versions versions);

  /** Lets a new owner have the name of an account that was removed: deletes its tombstone. */
  void forgetTombstone(AccountId id);

  /**
   * Submits a signing request, approves it once it is seen to be the one that was sent, and waits
   * for the certificate. Nothing of it is left in the cluster, whatever the outcome.
   *
   * @param owner whose certificate it will be, as in {@code tool NAME}
   * @param request PKCS#10 as PEM
   * @param terms who signs, and for how long
   * @return the certificate as PEM, not checked
   */
  byte[] sign(String owner, byte[] request, SigningTerms terms);

  /**
   * Whom the API server takes the holder of this pair for, shown by a request that changes nothing.
   *
   * @param certificate PEM, with the intermediates that lead to an authority of the API server
   * @param key PEM
   * @return empty when it takes the holder for nobody
   */
  Optional<String> userOf(byte[] certificate, byte[] key);

  /**
   * Deletes what nobody needs any more: signing requests of a process that was killed, tombstones
   * that have ended.
   */
  void deleteStale(Instant now);

  /**
   * Puts this into a service's Secret and nothing else, in one write, and answers a request for new
   * credentials that stands there.
   *
   * @param files content by key
   * @param annotations to be added
   * @return fingerprint of the content, as {@link #observe} compares it with the record
   */
  String deliver(Service service, Map<String, byte[]> files, Map<String, String> annotations);

  /** What a service's Secret holds, by key: private, so that it is not kept. */
  Map<String, byte[]> delivered(Service service);

  /** How the API server is reached from outside: what goes into kubeconfigs. */
  ClusterEndpoint endpoint();

  RemovalApprovals approvals();

  ApiServerHealth health();

  LegacyObjects legacy();

  @Override
  void close();
}
