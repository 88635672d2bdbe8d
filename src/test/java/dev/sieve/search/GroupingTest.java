package dev.sieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(Grouping.of("vector", 0, 20, 2).size()).isEqualTo(5);
    assertThat(Grouping.of("vector", 0, 16, 2).size()).isEqualTo(8);
    assertThat(Grouping.of("vector", 0, 1, 64).size()).isEqualTo(1);
  }

  @Test
  void onlyTrialsThatFitAreTogetherAndTheLongestGroupIsFirst() {
    List<Trial> mixed = new ArrayList<>(trials(100).subList(0, 3));
    mixed.addAll(trials(300).subList(3, 8));
    List<TrialGroup> groups = new Grouping(4, Long.MAX_VALUE).groups(mixed);
    assertThat(groups).extracting(TrialGroup::size).containsExactly(4, 3, 1);
    assertThat(groups.stream().flatMap(group -> group.trials().stream()))
        .containsExactlyInAnyOrderElementsOf(mixed);
    assertThat(groups.get(0).first().key().phase()).isEqualTo(Phase.COARSE);
  }

  @Test
  void aGroupsParametersFitTheCacheUnlessOneTrialAloneDoesNot() {
    List<Trial> eight = trials(100).subList(0, 8);
    long one = 4 * eight.get(0).settings().trainedValues();

    assertThat(new Grouping(8, 3 * one + 1).groups(eight))
        .extracting(TrialGroup::size)
        .containsExactlyInAnyOrder(3, 3, 2);
    assertThat(new Grouping(8, one / 2).groups(eight)).hasSize(8);
    assertThat(Grouping.of("vector", 8, 8, 2).groups(eight)).hasSize(1);
  }

  @Test
  void theLargestCacheCounts(@TempDir Path core) throws IOException {
    assertThat(LastLevelCache.bytes(core)).isEqualTo(LastLevelCache.USUAL);
    cache(core, 0, "32K");
    cache(core, 3, "16384K\n");
    cache(core, 2, "1M");
    assertThat(LastLevelCache.bytes(core)).isEqualTo(16L << 20);
    cache(core, 1, "?");
    assertThat(LastLevelCache.bytes(core)).isEqualTo(LastLevelCache.USUAL);
    assertThat(LastLevelCache.bytes(core.resolve("none"))).isEqualTo(LastLevelCache.USUAL);
    assertThat(LastLevelCache.bytes()).isPositive();
  }

  private static void cache(Path core, int index, String size) throws IOException {
    Path folder = Files.createDirectory(core.resolve("index" + index));
    Files.writeString(folder.resolve("size"), size);
  }
}
