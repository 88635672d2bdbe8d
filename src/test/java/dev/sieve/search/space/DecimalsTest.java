package dev.sieve.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecimalsTest {
  @Test
  void wholeExponentsGiveTheDoubleThatOneWrites() {
    assertThat(Decimals.pow10(-5)).isEqualTo(1e-5);
    assertThat(Decimals.pow10(-3)).isEqualTo(0.001);
    assertThat(Decimals.pow10(0)).isEqualTo(1);
    assertThat(Decimals.pow10(-2.5)).isEqualTo(StrictMath.pow(10, -2.5));
  }

  @Test
  void pointsAreDecimals() {
    assertThat(Decimals.point(0.1, 0.5, 2, 5)).isEqualTo(0.3);
    assertThat(Decimals.point(0, 1, 3, 11)).isEqualTo(0.3);
    assertThat(Decimals.point(-5, -1, 0, 1)).isEqualTo(-3);
    assertThat(Decimals.point(-5, -1, 3, 4)).isEqualTo(-1);
    assertThat(Decimals.point(-5, -1, 1, 4)).isEqualTo(-3.6666666666666667);
  }

  @Test
  void boundsLoseTheNoiseOfTheLastDigits() {
    assertThat(Decimals.bound(-2.41 - 0.3 - 0.39)).isEqualTo(-3.1);
    assertThat(Decimals.bound(0.1 + 0.2)).isEqualTo(0.3);
    assertThat(Decimals.bound(1.5e-9)).isEqualTo(1.5e-9);
    assertThat(Decimals.bound(0)).isEqualTo(0);
    assertThat(Decimals.log10(1e-3)).isEqualTo(-3);
  }

  @Test
  void textsAreForPeople() {
    assertThat(Decimals.text(1e-5)).isEqualTo("1e-5");
    assertThat(Decimals.text(-2.5)).isEqualTo("-2.5");
    assertThat(Decimals.text(0)).isEqualTo("0");
    assertThat(Decimals.text(2250)).isEqualTo("2250");
    assertThat(Decimals.brief(StrictMath.pow(10, -2.5))).isEqualTo("0.003162");
    assertThat(Decimals.brief(3.16227e-6)).isEqualTo("3.162e-6");
  }
}
