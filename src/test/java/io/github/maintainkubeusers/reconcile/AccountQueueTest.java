package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns begin when the test lets them, on its own thread. */
@Timeout(60)
class AccountQueueTest {
  private static final AccountId A = AccountId.tool("a");
  private static final AccountId B = AccountId.tool("b");
  private static final AccountId C = AccountId.admin("a");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<AccountId> worked = new ArrayList<>();
  private final List<Runnable> delayed = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private Executor executor = tasks::add;
  private Consumer<AccountId> during = _ -> {};
  private final AccountQueue queue =
      new AccountQueue(
          this::work,
          2,
          task -> executor.execute(task),
          (task, delay) -> {
            delayed.add(task);
            delays.add(delay);
          });

  @Test
  void worksOnWhatIsAddedAndGivesTheOutcome() {
    CompletableFuture<Outcome> outcome = queue.add(A);
    assertThat(outcome).isNotDone();

    runAll();

    assertThat(outcome).isCompletedWithValue(turn(1));
    assertThat(worked).containsExactly(A);
  }

  @Test
  void mergesWhatIsAddedBeforeItsTurnBegins() {
    fill();
    CompletableFuture<Outcome> one = queue.add(C);
    CompletableFuture<Outcome> other = queue.add(C);

    runAll();

    assertThat(one).isCompletedWithValue(turn(3));
    assertThat(other).isCompletedWithValue(turn(3));
    assertThat(worked).containsExactly(A, B, C);
  }

  @Test
  void worksOnNoMoreAtOnceThanItMay() {
    fill();
    var outcome = queue.add(C);
    assertThat(tasks).hasSize(2);

    tasks.remove().run();
    assertThat(tasks).as("the place is given on").hasSize(2);
    runAll();
    assertThat(outcome).isCompleted();
  }

  @Test
  void givesOneMoreTurnForAllThatIsAddedDuringATurn() {
    var again = new ArrayList<CompletableFuture<Outcome>>();
    during =
        id -> {
          if (worked.size() == 1) {
            again.add(queue.add(id));
            again.add(queue.add(id));
            assertThat(tasks).as("no turn beside its turn").isEmpty();
          }
        };
    CompletableFuture<Outcome> first = queue.add(A);

    tasks.remove().run();

    assertThat(first).isCompletedWithValue(turn(1));
    assertThat(again).hasSize(2).noneMatch(CompletableFuture::isDone);
    runAll();
    assertThat(again).allSatisfy(outcome -> assertThat(outcome).isCompletedWithValue(turn(2)));
    assertThat(worked).containsExactly(A, A);
  }

  @Test
  void letsAnAccountThatIsAddedAgainAndAgainTakeUpNobodyElsesPlace() {
    during =
        id -> {
          if (id.equals(A) && worked.size() < 10) {
            CompletableFuture<Outcome> _ = queue.add(A);
          }
        };
    fill();
    CompletableFuture<Outcome> patient = queue.add(C);

    for (int turns = 0; turns < 3; turns++) {
      tasks.remove().run();
    }

    assertThat(worked).containsExactly(A, B, C);
    assertThat(patient).isCompletedWithValue(turn(3));
  }

  @Test
  void startsNothingAfterItWasClosedAndAnswersThoseWhoWait() {
    fill();
    CompletableFuture<Outcome> waiting = queue.add(C);
    CompletableFuture<Outcome> again = queue.add(C);

    queue.close();

    assertThat(waiting).isCompletedWithValue(AccountQueue.ENDING);
    assertThat(again).isCompletedWithValue(AccountQueue.ENDING);
    assertThat(queue.add(C)).isCompletedWithValue(AccountQueue.ENDING);
    runAll();
    assertThat(worked).as("those whose turns had begun").containsExactly(A, B);
  }

  @Test
  void answersWhoeverIsAddedDuringATurnAlsoWhenItIsClosedThen() {
    var again = new ArrayList<CompletableFuture<Outcome>>();
    during =
        id -> {
          again.add(queue.add(id));
          queue.close();
        };
    CompletableFuture<Outcome> first = queue.add(A);

    runAll();

    assertThat(first).isCompletedWithValue(turn(1));
    assertThat(again.getFirst()).isCompletedWithValue(AccountQueue.ENDING);
    assertThat(worked).containsExactly(A);
  }

  @Test
  void answersEverybodyWhenTheExecutorTakesNoMore() {
    fill();
    List<CompletableFuture<Outcome>> waiting =
        IntStream.range(0, 10).mapToObj(i -> queue.add(AccountId.tool("waiting-" + i))).toList();
    executor =
        _ -> {
          throw new RejectedExecutionException("it is shut down");
        };

    runAll();

    assertThat(waiting)
        .allSatisfy(outcome -> assertThat(outcome).isCompletedWithValue(AccountQueue.ENDING));
    assertThat(queue.add(A)).isCompletedWithValue(AccountQueue.ENDING);
    assertThat(worked).containsExactly(A, B);
  }

  @Test
  void goesOnAfterWorkThatFailedThoughItNeverShould() {
    fill();
    CompletableFuture<Outcome> next = queue.add(C);
    during =
        id -> {
          if (!id.equals(C)) {
            throw new AssertionError("a bug");
          }
        };

    runAll();

    assertThat(next).isCompletedWithValue(turn(3));
    CompletableFuture<Outcome> after = queue.add(A);
    during = _ -> {};
    runAll();
    assertThat(after).isCompletedWithValue(turn(4));
  }

  @Test
  void addsWhenTheDelayIsOver() {
    queue.addAfter(A, Duration.ofSeconds(7));
    assertThat(delays).containsExactly(Duration.ofSeconds(7));
    assertThat(tasks).isEmpty();

    delayed.getFirst().run();
    runAll();

    assertThat(worked).containsExactly(A);
  }

  @Test
  void doesNothingForADelayThatEndsAfterItWasClosed() {
    queue.addAfter(A, Duration.ofSeconds(7));
    queue.close();

    delayed.getFirst().run();

    assertThat(tasks).isEmpty();
  }

  @Test
  void runsInAnExecutorThatRunsTasksAtOnce() {
    executor = Runnable::run;

    assertThat(queue.add(A)).isCompletedWithValue(turn(1));
    assertThat(queue.add(A)).isCompletedWithValue(turn(2));
  }

  @Test
  void neverWorksOnAnAccountTwiceAtOnceAndNeverLosesAnAdd()
      throws InterruptedException, ExecutionException, TimeoutException {
    int accounts = 5;
    var busy = new ConcurrentHashMap<AccountId, Boolean>();
    var atOnce = new AtomicInteger();
    var broken = new AtomicBoolean();
    Map<AccountId, Integer> added = new ConcurrentHashMap<>();
    Map<AccountId, Integer> seen = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var parallel =
          new AccountQueue(
              id -> {
                broken.compareAndSet(
                    false, busy.put(id, true) != null || atOnce.incrementAndGet() > 3);
                seen.put(id, added.getOrDefault(id, 0));
                LockSupport.parkNanos(1);
                atOnce.decrementAndGet();
                busy.remove(id);
                return turn(0);
              },
              3,
              threads,
              (_, _) -> {});
      var adders =
          IntStream.range(0, 8)
              .mapToObj(
                  adder ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int i = 0; i < 500; i++) {
                              AccountId id = AccountId.tool("t" + (i + adder) % accounts);
                              added.merge(id, 1, Integer::sum);
                              CompletableFuture<Outcome> _ = parallel.add(id);
                            }
                          },
                          threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(adders).get(30, TimeUnit.SECONDS);
      CompletableFuture.allOf(
              IntStream.range(0, accounts)
                  .mapToObj(i -> parallel.add(AccountId.tool("t" + i)))
                  .toArray(CompletableFuture[]::new))
          .get(30, TimeUnit.SECONDS);
    }

    assertThat(broken).as("twice at once, or too many").isFalse();
    assertThat(seen).isEqualTo(added);
  }

  private Outcome work(AccountId id) {
    worked.add(id);
    during.accept(id);
    return turn(worked.size());
  }

  private static Outcome turn(int number) {
    return new Outcome.Done("turn " + number);
  }

  /** As many turns as there may be at once are under way: nobody else gets one before these end. */
  private void fill() {
    CompletableFuture<Outcome> _ = queue.add(A);
    CompletableFuture<Outcome> _ = queue.add(B);
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      try {
        tasks.remove().run();
      } catch (AssertionError _) {
        // the executor's affair
      }
    }
  }
}
