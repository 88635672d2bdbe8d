package dev.sieve.search.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final List<String> AXES = List.of("a", "b", "c");

  /** Uniform in the cube; {@code c} is one of three words. */
  private static List<Importance.Sample> samples(int n, ToDoubleFunction<Map<String, Object>> of) {
    Draws draws = Seed.of(1, "importance").draws();
    List<Importance.Sample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Map<String, Object> x =
          Map.of("a", draws.nextDouble(), "b", draws.nextDouble(), "c", "word" + draws.nextInt(3));
      samples.add(new Importance.Sample(of.applyAsDouble(x), x));
    }
    return samples;
  }

  private static double number(Map<String, Object> x, String axis) {
    return (Double) Objects.requireNonNull(x.get(axis));
  }

  @Test
  void theAxisThatDecidesHasNearlyAll() {
    Map<String, Double> shares =
        Importance.of(samples(400, x -> -Math.abs(number(x, "b") - 0.3)), AXES);

    assertThat(shares.keySet().iterator().next()).isEqualTo("b");
    assertThat(shares.get("b")).isGreaterThan(0.9);
    assertThat(shares.values().stream().mapToDouble(v -> v).sum()).isEqualTo(1, within(1e-12));
  }

  @Test
  void twoThatDecideAlikeShareAlike() {
    Map<String, Double> shares =
        Importance.of(samples(2000, x -> number(x, "a") + number(x, "b")), AXES);

    assertThat(shares.get("a")).isBetween(0.35, 0.65);
    assertThat(shares.get("c")).isLessThan(0.05);
  }

  @Test
  void aCategoryCanDecide() {
    Map<String, Double> shares =
        Importance.of(samples(300, x -> Objects.equals(x.get("c"), "word1") ? 1 : 0), AXES);

    assertThat(shares.keySet()).first().isEqualTo("c");
  }

  @Test
  void theDivergedAreWorst() {
    List<Importance.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double a = i / 99.0;
      samples.add(
          new Importance.Sample(
              a > 0.5 ? null : 0.1 * (i % 7), Map.of("a", a, "b", (i % 7) / 6.0)));
    }
    Map<String, Double> shares = Importance.of(samples, List.of("a", "b"));

    assertThat(shares.get("b")).isGreaterThan(shares.get("a"));
    assertThat(shares.get("a")).isGreaterThan(0.02);
  }

  @Test
  void fewTrialsOrNoSpreadSayNothing() {
    assertThat(Importance.of(samples(9, x -> number(x, "a")), AXES)).isEmpty();
    List<Importance.Sample> same = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      same.add(new Importance.Sample(0.1 * i, Map.of("a", 0.5)));
    }
    assertThat(Importance.of(same, List.of("a"))).isEmpty();
  }
}
