package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.kube.Leadership;
import java.util.Map;

/** Leads when it is told to. */
public final class TestingLeadership implements Leadership {
  private volatile boolean holds;

  public void lead(boolean leads) {
    holds = leads;
  }

  @Override
  public void campaign(Runnable elected, Runnable lost) {
    holds = true;
    elected.run();
  }

  @Override
  public boolean isLeader() {
    return holds;
  }

  @Override
  public void annotate(Map<String, String> own) {
    // nobody asks
  }

  @Override
  public void close() {
    holds = false;
  }
}
