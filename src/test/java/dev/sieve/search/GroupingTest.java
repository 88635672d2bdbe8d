package dev.sieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingTest {
  private static List<Trial> trials(int batchSize) {
    StudyDefinition definition = Studies.small().withBatchSize(batchSize).definition();
    return new CoarsePlanner(new Planner(definition, new MemoryTrialStore())).plan().trials();
  }

  @Test
  void theReferenceEngineTrainsTrialsAlone() {
    assertThat(Grouping.of("reference", 0, 100, 2).groups(trials(100)))
        .hasSize(12)
        .allMatch(group -> group.size() == 1);
    assertThat(Grouping.of("reference", 4, 100, 2).size()).isEqualTo(4);
    assertThat(Grouping.of("vector", 0, 100, 2).size()).isEqualTo(8);
    assertThat(Grouping.of("vector", 0, 5, 2).size()).isEqualTo(3);
  }

  @Test
  void onlyTrialsThatFitAreTogetherAndTheLongestGroupIsFirst() {
    List<Trial> mixed = new ArrayList<>(trials(100).subList(0, 3));
    mixed.addAll(trials(300).subList(3, 8));
    List<TrialGroup> groups = new Grouping(4).groups(mixed);
    assertThat(groups).extracting(TrialGroup::size).containsExactly(4, 3, 1);
    assertThat(groups.stream().flatMap(group -> group.trials().stream()))
        .containsExactlyInAnyOrderElementsOf(mixed);
    assertThat(groups.get(0).first().key().phase()).isEqualTo(Phase.COARSE);
  }
}
