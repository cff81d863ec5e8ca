package io.github.maintainkubeusers.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.plan.Allowance;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;

/** What a pass sees of the cluster and does to it. Every method may fail with a {@link ClusterException}. */
public interface Cluster extends AutoCloseable {
    /** Reads what the cluster holds; a look at an account needs no call after that. */
    void load();

    /** Keeps what was read up to date from now on. */
    void follow();

    Observed observe(AccountId id);

    /**
     * A number that is another one after each change of what there is to {@linkplain #observe observe} of the account,
     * so that a look that would show the same can be spared.
     */
    long changes(AccountId id);

    /** @param listener told of each account of which something managed was deleted or changed */
    void onChange(Consumer<AccountId> listener);

    /** Makes a tool's namespace, or puts its labels right. */
    void applyNamespace(AccountId tool);

    /** Makes an object that gives no rights, or gives it the content that it should have. */
    void put(ManagedObject object, AccountId id);

    /** @param subjects none takes all rights away */
    void bind(ManagedObject binding, AccountId id, Set<Subject> subjects);

    /**
     * Submits a signing request, approves it once it is seen to be the one that was sent, and waits for the
     * certificate. Nothing of it is left in the cluster, whatever the outcome.
     *
     * @param owner whose certificate it will be, as in {@code tool NAME}
     * @param request PKCS#10 as PEM
     * @return the certificate as PEM, not checked
     */
    byte[] sign(String owner, byte[] request);

    /** Deletes signing requests of ours that nobody waits for any more: those of a process that was killed. */
    void deleteStaleRequests();

    /** Records first where only this program writes, then where the owner sees it. */
    void record(AccountId id, AccountRecord record, Marker marker);

    /** Lets the owner see this, whatever the owner has made of it. */
    void mark(AccountId id, Marker marker);

    /** Every account that has a record here, with the record as far as it can be read. */
    Map<AccountId, RecordState> provisioned();

    /** The tools that have a namespace of ours without a record: an earlier controller made it. */
    Set<AccountId> unrecorded();

    /** The tools that an earlier controller gave a PodSecurityPolicy, which nothing uses any more. */
    Set<AccountId> withPodSecurityPolicy();

    /** With the role and the bindings that let it be used. */
    void deletePodSecurityPolicy(AccountId tool);

    /** Records where only this program writes: what the owner sees stays as it is. */
    void recordState(AccountId id, AccountRecord record);

    /** Lets a tool have no pods any more; those that run go on. */
    void block(AccountId tool);

    void unblock(AccountId tool);

    /** Deletes all pods of a tool. */
    void deletePods(AccountId tool);

    void deleteBinding(ManagedObject binding, AccountId id);

    /** A tool's namespace with everything in it, or an admin's record. */
    void delete(AccountId id);

    void bury(AccountId id, Tombstone tombstone);

    /** Lets somebody else have the name of an account that was removed. */
    void forget(AccountId id);

    void deleteExpiredTombstones(Instant now);

    /** The admins' word that more accounts may depart than usual, while it has not been used. */
    Optional<Allowance> allowance();

    void allow(Allowance allowance);

    void useAllowance(Instant now);

    /** How the API server is reached from outside: what goes into kubeconfigs. */
    ClusterAccess access();

    /** Why nothing that can wait should be asked of the API server now; empty while it is well. */
    Optional<String> complaint();

    /**
     * By how much our clock is ahead of the API server's; none before it has answered. When it seems more than this, the
     * server is asked anew: it may have answered nothing for a while.
     */
    Duration clockLead(Duration doubtful);

    @Override
    void close();
}
