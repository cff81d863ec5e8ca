package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordAnnotationsTest {
  private static final AccountRecord RECORD =
      AccountRecord.active(
          new Uid(52503),
          new Credential(
              CredentialId.LEGACY,
              7,
              "a".repeat(64),
              "b".repeat(64),
              "1f",
              Instant.parse("2026-11-22T03:45:14Z"),
              Instant.parse("2027-11-22T03:45:14Z")),
          List.of(),
          Instant.parse("2026-11-22T03:50:14Z"),
          LastApplied.NONE);
  private static final AdminFacts FACTS =
      AdminFacts.NONE.with(new AdminFacts.Revocation(CredentialId.LEGACY, RECORD.since()));

  @Test
  void areReadBackAsTheyWereWrittenWhateverStandsBesideThem() {
    var annotations = new HashMap<>(RecordAnnotations.of(RECORD));
    annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{}");
    annotations.put("uid", "0");

    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isEqualTo(new RecordState.Known(RECORD));
    assertThat(RecordAnnotations.of(RECORD))
        .containsEntry("maintain-kubeusers/uid", "52503")
        .hasSize(10);
  }

  @Test
  void labelsSayStateAndDay() {
    assertThat(RecordAnnotations.labels(RECORD))
        .isEqualTo(
            Map.of("maintain-kubeusers/state", "active", "maintain-kubeusers/ends", "2027-11-22"));
    assertThat(
            RecordAnnotations.labels(
                AccountRecord.quarantinedUnrecorded(RECORD.uid(), RECORD.since())))
        .isEqualTo(Map.of("maintain-kubeusers/state", "quarantined"));
  }

  @Test
  void areNoRecordWhenThereAreNoneOfOurs() {
    assertThat(
            RecordAnnotations.parse(
                RecordAnnotations.ours(Map.of("uid", "52503", "other/uid", "1"))))
        .isEqualTo(new RecordState.None());
  }

  @Test
  void areUnreadableWhenOneIsMissingOrMakesNoSense() {
    var annotations = new HashMap<>(RecordAnnotations.of(RECORD));
    annotations.remove("maintain-kubeusers/since");
    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isEqualTo(new RecordState.Unreadable("the record has no since"));

    annotations.put("maintain-kubeusers/since", "soon");
    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isEqualTo(new RecordState.Unreadable("the record's since \"soon\" is not a time"));
  }

  @Test
  void holdFactsBesideARecordOrWithoutOne() {
    var annotations = new HashMap<>(RecordAnnotations.of(FACTS));
    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isEqualTo(new RecordState.None());
    assertThat(RecordAnnotations.facts(RecordAnnotations.ours(annotations))).isEqualTo(FACTS);

    annotations.putAll(RecordAnnotations.of(RECORD));
    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isEqualTo(new RecordState.Known(RECORD));
    assertThat(RecordAnnotations.facts(RecordAnnotations.ours(annotations))).isEqualTo(FACTS);

    annotations.put("maintain-kubeusers/revoked", "rubbish");
    assertThat(RecordAnnotations.parse(RecordAnnotations.ours(annotations)))
        .isInstanceOf(RecordState.Unreadable.class);
  }
}
