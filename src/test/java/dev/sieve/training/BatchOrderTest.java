package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.engine.Batch;
import dev.sieve.engine.TestTrials;
import dev.sieve.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  private static List<Integer> images(TestTrials trial, int epoch) {
    BatchOrder order = new BatchOrder(trial.trial(), trial.data().train());
    long perEpoch = trial.trial().settings().stepsPerEpoch();
    List<Integer> images = new ArrayList<>();
    for (long step = epoch * perEpoch; step < (epoch + 1) * perEpoch; step++) {
      Batch batch = order.at(step);
      for (int i = 0; i < batch.count(); i++) {
        images.add(batch.example(i));
      }
    }
    return images;
  }

  private static List<Integer> all(TestTrials trial) {
    List<Integer> all = new ArrayList<>();
    for (int index : trial.data().train().indices()) {
      all.add(index);
    }
    return all;
  }

  @Test
  void anEpochIsAPermutationOfTheTrainingSetFromItsSeed() {
    TestTrials trial = new TestTrials();
    int[] permutation = Seed.of(7, "batches").epoch(1).draws().permutation(40);

    assertThat(images(trial, 1)).containsExactlyInAnyOrderElementsOf(all(trial));
    assertThat(images(trial, 1).get(5)).isEqualTo(trial.data().train().indices()[permutation[5]]);
    assertThat(images(trial, 1)).isNotEqualTo(images(trial, 0));
  }

  @Test
  void aRemainderOfOneImageIsLeftOutOfItsEpoch() {
    assertThat(images(new TestTrials().train(41), 0)).hasSize(40).doesNotHaveDuplicates();
    assertThat(images(new TestTrials().train(43), 0)).hasSize(43).doesNotHaveDuplicates();
  }

  @Test
  void replicatesShareTheirBatchesUnlessEachHasItsOwnOrder() {
    assertThat(images(new TestTrials().replicate(1), 0))
        .isEqualTo(images(new TestTrials().replicate(2), 0));
    assertThat(images(new TestTrials().perReplicateOrder().replicate(1), 0))
        .isNotEqualTo(images(new TestTrials().perReplicateOrder().replicate(2), 0))
        .containsExactlyInAnyOrderElementsOf(all(new TestTrials()));
  }
}
