package io.github.maintainkubeusers.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the test classes that are its arguments, where there is no Maven. Exit status 0 when none
 * failed.
 */
public final class RunTests implements TestExecutionListener {
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();

  private RunTests() {}

  public static void main(String[] classes) {
    var tests = new RunTests();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
            .build();
    LauncherFactory.create().execute(request, tests);
    System.out.println(
        tests.passed + " tests passed, " + tests.failed + " failed, " + tests.skipped + " skipped");
    System.exit(tests.failed.get() == 0 && tests.passed.get() > 0 ? 0 : 1);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.incrementAndGet();
    System.out.println("SKIP " + name(test) + ": " + reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest() && result.getThrowable().isEmpty()) {
      return;
    }
    double seconds = (System.nanoTime() - begun.get(test.getUniqueId())) / 1e9;
    String word =
        switch (result.getStatus()) {
          case SUCCESSFUL -> "PASS";
          case ABORTED -> "SKIP";
          case FAILED -> "FAIL";
        };
    int _ =
        switch (result.getStatus()) {
          case SUCCESSFUL -> passed.incrementAndGet();
          case ABORTED -> skipped.incrementAndGet();
          case FAILED -> failed.incrementAndGet();
        };
    System.out.printf("%s %s %.2f s%n", word, name(test), seconds);
    result.getThrowable().ifPresent(cause -> cause.printStackTrace(System.out));
  }

  private static String name(TestIdentifier test) {
    return test.getLegacyReportingName() + " " + test.getDisplayName();
  }
}
