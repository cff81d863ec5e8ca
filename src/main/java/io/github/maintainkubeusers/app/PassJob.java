package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.kube.Leadership;
import io.github.maintainkubeusers.reconcile.Controller;
import io.github.maintainkubeusers.reconcile.FaultText;
import io.github.maintainkubeusers.report.LastPass;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pass, or standing by where another process leads. It may fail: a fault is logged when it starts
 * and when it is over.
 */
final class PassJob implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PassJob.class);

  private final Controller controller;
  private final Leadership leadership;
  private final InstantSource clock;
  private String fault = "";

  PassJob(Controller controller, Leadership leadership, InstantSource clock) {
    this.clock = clock;
    this.controller = controller;
    this.leadership = leadership;
  }

  @Override
  public void run() {
    try {
      if (leadership.isLeader()) {
        String how = controller.pass().summary();
        ended(how);
      } else {
        controller.standBy();
      }
      if (!fault.isEmpty()) {
        LOG.info("Passes run again");
      }
      fault = "";
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (leadership.isLeader()) {
        ended("could not run: " + message);
      }
      String kind = FaultText.lasting(message);
      if (!kind.equals(fault)) {
        LOG.error("The pass could not run and will be tried again: {}", message);
      }
      LOG.debug("The pass could not run", e);
      fault = kind;
    }
  }

  private void ended(String how) {
    leadership.annotate(new LastPass(clock.instant(), how).toAnnotations());
  }
}
