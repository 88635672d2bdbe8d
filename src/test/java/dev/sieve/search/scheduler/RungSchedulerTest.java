package dev.sieve.search.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.scheduler.RungScheduler.Standing;
import dev.sieve.search.scheduler.RungScheduler.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RungSchedulerTest {
  private static final RungSpec THIRDS = rungs(RungSpec.Type.HALVING, 3);

  @Test
  void halvingKeepsTheBestThird() {
    HalvingScheduler halving = new HalvingScheduler(THIRDS, 3);
    enter(halving, 9);
    for (int i = 0; i < 8; i++) {
      halving.reached(0, new Standing("c" + i, 0.1 * i));
      assertThat(halving.next(9, rung -> true)).isNull();
    }
    halving.reached(0, new Standing("c8", 0));
    assertThat(all(halving, 9)).containsExactly("c7", "c6", "c5");
    assertThat(halving.stopped()).containsExactly("c4", "c3", "c2", "c1", "c0", "c8");
    halving.reached(1, new Standing("c5", 0.9));
    halving.reached(1, new Standing("c7", 0.8));
    assertThat(halving.next(9, rung -> true)).isNull();
    halving.reached(1, new Standing("c6", 0.7));
    assertThat(all(halving, 9)).containsExactly("c5");
    halving.reached(2, new Standing("c5", 0.1));
    assertThat(all(halving, 9)).isEmpty();
    assertThat(halving.stopped()).endsWith("c7", "c6").hasSize(8).doesNotContain("c5");
  }

  @Test
  void equalsGoByConfigurationAndWhatHasNoScoreNeverGoesOn() {
    HalvingScheduler halving =
        new HalvingScheduler(new RungSpec(RungSpec.Type.HALVING, List.of(), List.of(3, 2), 2), 3);
    enter(halving, 5);
    halving.reached(0, new Standing("c0", Double.NaN));
    halving.reached(0, new Standing("c4", 0.5));
    halving.reached(0, new Standing("c3", Double.NaN));
    halving.reached(0, new Standing("c2", 0.5));
    halving.reached(0, new Standing("c1", Double.NaN));
    assertThat(all(halving, 5)).containsExactly("c2", "c4");
    assertThat(halving.stopped()).containsExactlyInAnyOrder("c0", "c1", "c3");
    halving.reached(1, new Standing("c2", Double.NaN));
    halving.reached(1, new Standing("c4", Double.NaN));
    assertThat(all(halving, 5)).isEmpty();
    assertThat(halving.stopped()).hasSize(5);
  }

  @Test
  void aRungEndsWhenItIsKnownThatNobodyElseComes() {
    HalvingScheduler halving = new HalvingScheduler(THIRDS, 2);
    enter(halving, 2);
    halving.reached(0, new Standing("c0", 0.1));
    halving.reached(0, new Standing("c1", 0.2));
    assertThat(halving.next(3, rung -> true)).isNull();
    assertThat(all(halving, 2)).containsExactly("c1");
  }

  /** Table 1 of the paper, after its algorithm 1: 81, 34, 15, 8 and 5 begin. */
  @Test
  void hyperbandsBracketsAreThoseOfThePaper() {
    HalvingScheduler hyperband = new HalvingScheduler(rungs(RungSpec.Type.HYPERBAND, 3), 5);
    assertThat(hyperband.expected(143))
        .containsExactly(
            new Traffic(81, 0),
            new Traffic(34, 27),
            new Traffic(15, 9 + 11),
            new Traffic(8, 3 + 3 + 5),
            new Traffic(5, 1 + 1 + 1 + 2));
    int[] begin = new int[5];
    for (int i = 0; i < 143; i++) {
      begin[hyperband.enter("c" + i)]++;
    }
    assertThat(begin).containsExactly(81, 34, 15, 8, 5);
    assertThat(hyperband.enter("again")).isZero();
  }

  @Test
  void hyperbandsBracketsAreComparedWithinThemselves() {
    HalvingScheduler hyperband = new HalvingScheduler(rungs(RungSpec.Type.HYPERBAND, 2), 2);
    assertThat(List.of(hyperband.enter("a"), hyperband.enter("b"))).containsExactly(0, 0);
    assertThat(List.of(hyperband.enter("c"), hyperband.enter("d"))).containsExactly(1, 1);
    assertThat(hyperband.enter("e")).isZero();
    hyperband.reached(0, new Standing("e", 0.9));
    hyperband.reached(0, new Standing("a", 0.1));
    hyperband.reached(0, new Standing("b", 0.2));
    // The last bracket has one configuration alone.
    assertThat(all(hyperband, 5)).containsExactly("b", "e");
    assertThat(hyperband.stopped()).containsExactly("a");
  }

  @Test
  void ashaPromotesWhoIsAmongTheBestSoFar() {
    AshaScheduler asha = new AshaScheduler(3, 3);
    asha.reached(0, new Standing("a", 0.1));
    asha.reached(0, new Standing("b", 0.2));
    assertThat(asha.next(9, rung -> true)).isNull();
    asha.reached(0, new Standing("c", 0.15));
    assertThat(all(asha, 9)).containsExactly("b");
    asha.reached(0, new Standing("d", 0.3));
    // The best third of four is one, who is another now.
    assertThat(all(asha, 9)).containsExactly("d");
    asha.reached(0, new Standing("e", 0.0));
    asha.reached(0, new Standing("f", Double.NaN));
    assertThat(all(asha, 9)).isEmpty();
    asha.reached(1, new Standing("b", 0.5));
    asha.reached(1, new Standing("d", 0.4));
    for (String more : List.of("g", "h", "i")) {
      asha.reached(0, new Standing(more, 0.01));
    }
    assertThat(all(asha, 9)).containsExactly("c");
    asha.reached(1, new Standing("c", 0.6));
    assertThat(all(asha, 9)).containsExactly("c");
    asha.reached(2, new Standing("c", 0.7));
    assertThat(asha.last()).isNull();
    assertThat(asha.stopped()).containsExactly("a", "g", "h", "i", "e", "f", "b", "d");
  }

  @Test
  void ashaPrefersTheHighestRung() {
    AshaScheduler asha = new AshaScheduler(2, 3);
    for (int i = 0; i < 4; i++) {
      asha.reached(0, new Standing("c" + i, 0.1 * i));
    }
    assertThat(all(asha, 8)).containsExactly("c3", "c2");
    asha.reached(1, new Standing("c2", 0.5));
    asha.reached(1, new Standing("c3", 0.4));
    asha.reached(0, new Standing("c4", 0.9));
    asha.reached(0, new Standing("c5", 0.8));
    assertThat(asha.next(8, rung -> true)).isEqualTo("c2");
    assertThat(asha.next(8, rung -> true)).isEqualTo("c4");
  }

  /** Too few for the reduction: the best goes on alone, so that the phase has a whole training. */
  @Test
  void ashaBringsOneToTheEnd() {
    AshaScheduler asha = new AshaScheduler(4, 3);
    asha.reached(0, new Standing("a", 0.1));
    asha.reached(0, new Standing("b", 0.2));
    assertThat(asha.next(2, rung -> true)).isNull();
    assertThat(asha.last()).isEqualTo("b");
    asha.reached(1, new Standing("b", Double.NaN));
    assertThat(asha.last()).isEqualTo("a");
    asha.reached(1, new Standing("a", 0.3));
    assertThat(asha.last()).isEqualTo("a");
    asha.reached(2, new Standing("a", 0.3));
    assertThat(asha.last()).isNull();
    assertThat(asha.stopped()).containsExactly("b");
  }

  private static RungSpec rungs(RungSpec.Type type, int reduction) {
    return new RungSpec(type, List.of(), List.of(), reduction);
  }

  private static void enter(RungScheduler promoter, int count) {
    IntStream.range(0, count).forEach(i -> assertThat(promoter.enter("c" + i)).isZero());
  }

  private static List<String> all(RungScheduler promoter, int size) {
    List<String> all = new ArrayList<>();
    for (String next = promoter.next(size, rung -> true);
        next != null;
        next = promoter.next(size, rung -> true)) {
      all.add(next);
    }
    return all;
  }
}
