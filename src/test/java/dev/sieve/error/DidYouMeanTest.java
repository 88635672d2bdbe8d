package dev.sieve.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "'', ab, 2",
    "kitten, sitting, 3",
    "eta, beta, 1",
    "ab, ba, 2"
  })
  void distanceCountsEdits(String a, String b, int edits) {
    assertThat(DidYouMean.distance(a, b)).isEqualTo(edits);
    assertThat(DidYouMean.distance(b, a)).isEqualTo(edits);
  }

  @Test
  void remedyNamesTheNearestOrAll() {
    assertThat(DidYouMean.remedy("valeu", List.of("step", "value")))
        .isEqualTo("did you mean value?");
    assertThat(DidYouMean.remedy("nothing", List.of("step", "value")))
        .isEqualTo("known here: step, value");
  }
}
