package dev.sieve.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FuzzKindTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 5_000, 5_600, 12_345, 1_000_000, Integer.MAX_VALUE})
  void allKindsTogetherHaveAsManyAsAreAskedFor(int all) {
    long sum = Arrays.stream(FuzzKind.values()).mapToLong(kind -> kind.inputs(all)).sum();
    assertThat(sum).isEqualTo(all);
  }

  @Test
  void thereAreMoreThanFiveThousandUnlessAskedOtherwise() {
    assertThat(FuzzKind.ALL).isEqualTo(5_600);
    assertThat(FuzzKind.SQL.inputs(2 * FuzzKind.ALL)).isEqualTo(1_200);
  }
}
