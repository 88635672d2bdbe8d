package dev.sieve.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.Studies;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {
  private static List<Trial> trials(int batchSize) {
    StudyDefinition definition = Studies.small().withBatchSize(batchSize).definition();
    return new CoarsePlanner(new Planner(definition, new MemoryTrialStore()::history))
        .plan()
        .trials();
  }

  /** So many trials of one shape. */
  private static List<Trial> alike(int count) {
    List<Trial> twelve = trials(100);
    List<Trial> alike = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      alike.add(twelve.get(i % 12));
    }
    return alike;
  }

  @Test
  void theReferenceEngineTrainsTrialsAlone() {
    assertThat(Grouping.of("reference", 0, 2).groups(trials(100)))
        .hasSize(12)
        .allMatch(group -> group.size() == 1);
    assertThat(Grouping.of("reference", 4, 2).size()).isEqualTo(4);
    assertThat(Grouping.of("vector", 0, 2).size()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, '5'",
    "5, 2, '3, 2'",
    "9, 1, '5, 4'",
    "9, 2, '5, 4'",
    "17, 2, '5, 4, 4, 4'",
    "16, 2, '8, 8'",
    "24, 2, '6, 6, 6, 6'",
    "8, 8, '1, 1, 1, 1, 1, 1, 1, 1'",
    "1, 8, '1'",
    "100, 2, '8, 8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7'"
  })
  void noPlaceIsIdleWhileAnotherHasAWideGroup(int count, int slots, String sizes) {
    List<TrialGroup> groups = Grouping.of("vector", 0, slots).groups(alike(count));
    assertThat(groups.stream().map(group -> Integer.toString(group.size())).toList())
        .isEqualTo(List.of(sizes.split(", ")));
  }

  @Test
  void onlyTrialsThatFitAreTogetherAndTheLongestGroupIsFirst() {
    List<Trial> mixed = new ArrayList<>(trials(100).subList(0, 3));
    mixed.addAll(trials(300).subList(3, 8));
    List<TrialGroup> groups = new Grouping(4, Long.MAX_VALUE, 1).groups(mixed);
    assertThat(groups).extracting(TrialGroup::size).containsExactly(3, 3, 2);
    assertThat(groups.stream().flatMap(group -> group.trials().stream()))
        .containsExactlyInAnyOrderElementsOf(mixed);
    assertThat(groups.get(0).first().key().phase()).isEqualTo(Phase.COARSE);
  }

  @Test
  void aGroupsParametersFitTheCacheUnlessOneTrialAloneDoesNot() {
    List<Trial> eight = trials(100).subList(0, 8);
    long one = 4 * eight.get(0).settings().trainedValues();

    assertThat(new Grouping(8, 3 * one + 1, 1).groups(eight))
        .extracting(TrialGroup::size)
        .containsExactlyInAnyOrder(3, 3, 2);
    assertThat(new Grouping(8, one / 2, 1).groups(eight)).hasSize(8);
    assertThat(Grouping.of("vector", 8, 1).groups(eight)).hasSize(1);
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

  @Test
  void aShortShapeFillsThePlaceThatALongOneLeaves() {
    List<Trial> mixed = new ArrayList<>(trials(100).subList(0, 4));
    mixed.addAll(trials(500).subList(4, 12));
    List<TrialGroup> groups = new Grouping(8, Long.MAX_VALUE, 2).groups(mixed);
    double most = 0;
    double all = 0;
    for (TrialGroup group : groups) {
      double work = group.trials().stream().mapToDouble(Trial::work).sum();
      most = Math.max(most, work);
      all += work;
    }
    assertThat(most).isLessThan(0.6 * all);
  }

  @Test
  void theSpanIsThatOfTheBusiestPlace() {
    assertThat(Grouping.span(List.of(1.0, 5.0, 2.0, 2.0), 2)).isEqualTo(5);
    assertThat(Grouping.span(List.of(), 2)).isZero();
  }

  @Test
  void trialsThatStandAtOneStepFitTogetherAndWhatIsLeftCounts() {
    List<Trial> twelve = trials(100);
    long whole = twelve.get(0).stage().to();
    Map<TrialKey, Long> kept = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      kept.put(twelve.get(i).key(), whole - 1);
    }
    kept.put(twelve.get(4).key(), whole / 2);

    List<TrialGroup> groups = new Grouping(8, Long.MAX_VALUE, 1).keeping(kept).groups(twelve);

    assertThat(groups.stream().map(TrialGroup::size).toList()).containsExactly(7, 1, 4);
    assertThat(groups.get(1).first()).isEqualTo(twelve.get(4));
  }
}
