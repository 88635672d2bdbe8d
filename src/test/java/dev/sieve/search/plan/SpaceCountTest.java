package dev.sieve.search.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import dev.sieve.search.sampler.Sampler;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Constraint;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpaceCountTest {
  private static final Axis LAMBDA = axis("lambda", new Domain.Log10(-5, -1, 1_000_000_001));
  private static final Axis SIZE = axis("size", new Domain.Integers(1, 3, 3));
  private static final Axis KIND =
      axis("kind", new Domain.Values(List.of(new AxisValue.Text("a"), new AxisValue.Text("b"))));

  @Test
  void gridsAreCountedBeforeTheyAreMade() {
    assertThat(CartesianProduct.size(new Space(List.of(SIZE, KIND)), 1)).isEqualTo(6);
    Space large = new Space(List.of(LAMBDA, SIZE, KIND));
    assertThat(CartesianProduct.size(large, 1)).isEqualTo(6e9 + 6);
    for (SamplerKind kind : List.of(SamplerKind.GRID, SamplerKind.RANDOM_GRID)) {
      assertThatThrownBy(() -> Sampler.of(kind).next(List.of(large), List.of(), 0, Seed.of(1, "x")))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("a grid may have at most 100000 configurations");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SamplerKind.class,
      names = {"GRID", "RANDOM", "TPE"})
  void constraintsThatNothingKeepsAreNamed(SamplerKind sampler) {
    assertThat(impossible(sampler)).isEmpty();
    assertThat(impossible(sampler, "size <= 2", "size >= 2")).isEmpty();
    assertThat(impossible(sampler, "size <= 2", "size > 3")).containsExactly("size > 3");
    assertThat(impossible(sampler, "size < 2", "size > 2")).containsExactly("size < 2", "size > 2");
  }

  private static List<String> impossible(SamplerKind sampler, String... constraints) {
    List<Constraint> read =
        List.of(constraints).stream()
            .map(text -> Constraint.parse(text, Map.of("size", "size")))
            .toList();
    return SpaceCount.impossible(new Space(List.of(SIZE, KIND), read), sampler);
  }

  private static Axis axis(String name, Domain domain) {
    return new Axis(name, name, domain);
  }
}
