package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.RecordState;
import org.junit.jupiter.api.Test;

class RecordAnnotationsTest {
    private static final AccountRecord RECORD = new AccountRecord(new Uid(52503), new Generation(7), new Generation(6),
            "a".repeat(64), "b".repeat(64), "1f", Instant.parse("2026-11-22T03:45:14Z"),
            Instant.parse("2027-11-22T03:45:14Z"), Instant.parse("2026-11-22T03:50:14Z"));

    @Test
    void areReadBackAsTheyWereWrittenWhateverStandsBesideThem() {
        var annotations = new HashMap<>(RecordAnnotations.of(RECORD));
        annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{}");
        annotations.put("uid", "0");

        assertThat(RecordAnnotations.read(annotations)).isEqualTo(new RecordState.Known(RECORD));
        assertThat(RecordAnnotations.of(RECORD)).containsEntry("maintain-kubeusers/uid", "52503").hasSize(10);
    }

    @Test
    void areNoRecordWhenThereAreNoneOfOurs() {
        assertThat(RecordAnnotations.read(Map.of("uid", "52503", "other/uid", "1")))
                .isEqualTo(new RecordState.None());
    }

    @Test
    void areUnreadableWhenOneIsMissingOrMakesNoSense() {
        var annotations = new HashMap<>(RecordAnnotations.of(RECORD));
        annotations.remove("maintain-kubeusers/since");
        assertThat(RecordAnnotations.read(annotations))
                .isEqualTo(new RecordState.Unreadable("the record has no since"));

        annotations.put("maintain-kubeusers/since", "soon");
        assertThat(RecordAnnotations.read(annotations))
                .isEqualTo(new RecordState.Unreadable("the record's since \"soon\" is not a time"));
    }
}
