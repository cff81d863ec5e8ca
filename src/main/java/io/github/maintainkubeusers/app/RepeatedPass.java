package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.cluster.Leadership;
import io.github.maintainkubeusers.reconcile.Controller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pass that may fail, for the next one may not; where another process leads, standing by. The fault is told when it starts and when it is over. */
final class RepeatedPass implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedPass.class);

    private final Controller controller;
    private final Leadership leadership;
    private String fault = "";

    RepeatedPass(Controller controller, Leadership leadership) {
        this.controller = controller;
        this.leadership = leadership;
    }

    @Override
    public void run() {
        try {
            if (leadership.holds()) {
                var _ = controller.pass();
            } else {
                controller.standBy();
            }
            if (!fault.isEmpty()) {
                LOG.info("Passes run again");
            }
            fault = "";
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(fault)) {
                LOG.error("The pass could not run and will be tried again: {}", message);
            }
            LOG.debug("The pass could not run", e);
            fault = message;
        }
    }
}
