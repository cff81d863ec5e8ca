package io.github.maintainkubeusers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** New accounts in a second, beside a bare loader that takes turns with the program. */
final class OnboardBench {
    private static final int AT_ONCE = 32;
    private static final int DEFAULT_QPS = 20;
    private static final int FAST_QPS = 500;

    private final Site site;
    private final int accounts;
    private final int rounds;
    private int next;

    OnboardBench(Site site, int accounts, int rounds) {
        this.site = site;
        this.accounts = accounts;
        this.rounds = rounds;
    }

    /** One account, of which others are made, or which is refreshed. */
    void prepare() {
        site.world().writeConfig("cluster: {requestsPerSecond: 0, concurrency: " + AT_ONCE
                + "}\ncredentials: {refreshBurst: 1000, refreshInterval: 1s}");
        double _ = provision(1);
    }

    List<Row> run() throws IOException {
        var rows = new ArrayList<Row>();
        for (int qps : new int[]{FAST_QPS, DEFAULT_QPS}) {
            site.plane().stopControllerManager();
            site.plane().startControllerManager(qps);
            rows.add(measure(qps));
        }
        return rows;
    }

    private Row measure(int qps) throws IOException {
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        try (var signer = new Signer(site.api())) {
            var loader = new BareLoader(site.api(), signer, Template.of(site.api(), Site.name(0)));
            for (int round = 1; round <= rounds; round++) {
                int first = next;
                bare.add(accounts / loader.load(first, first + accounts, AT_ONCE));
                ours.add(accounts / provision(accounts));
                Progress.say("signer at %d QPS, round %d: %.1f accounts/s, the bare loader %.1f".formatted(qps, round,
                        ours.getLast(), bare.getLast()));
            }
        }
        return Row.beside("onboard: " + accounts + " accounts at once, signer at " + qps + " QPS", "accounts/s",
                new Sample(ours), new Sample(bare), new Goal.AtLeastTimes(0.8));
    }

    /** @return the seconds that the pass took over so many new accounts, beside those of earlier rounds */
    private double provision(int count) {
        int first = next;
        int admins = first == 0 ? Site.ADMINS : 0; // with the first tool
        next += count;
        site.addTools(first, next);
        var run = site.world().run("--once");
        PassLog.Pass pass = new PassLog(run).only(count + admins, first == 0 ? 0 : first + Site.ADMINS);
        for (int number = first; number < next; number++) {
            requireProvisioned(number);
        }
        return pass.seconds();
    }

    private void requireProvisioned(int number) {
        for (String file : List.of(".kube/config", ".toolskube/client.crt", ".toolskube/client.key")) {
            if (!Files.isRegularFile(site.home(number).resolve(file))) {
                throw new IllegalStateException(site.home(number) + " has no " + file);
            }
        }
    }
}
