package dev.sieve.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {
  /** Computed apart from this code, from SHA-256 over the text beside them. */
  @Test
  void isTheStartOfSha256OverItsParts() {
    // sieve-1|1|weights|0|2|-
    assertThat(Seed.of(1, "weights").replicate(0).layer(2).value()).isEqualTo(8590064574092243305L);
    // sieve-1|1|split|-|-|-
    assertThat(Seed.of(1, "split").value()).isEqualTo(-486300839785658343L);
    // sieve-1|-7|order|3|-|12
    assertThat(Seed.of(-7, "order").replicate(3).epoch(12).value())
        .isEqualTo(-3791950600618840140L);
  }

  @Test
  void partsMayBeGivenInAnyOrder() {
    Seed seed = Seed.of(3, "weights");
    assertThat(seed.layer(1).replicate(2).epoch(4).value())
        .isEqualTo(seed.epoch(4).replicate(2).layer(1).value());
  }

  @Test
  void everyPartCounts() {
    Seed seed = Seed.of(1, "weights");
    Set<Long> values = new HashSet<>();
    values.add(seed.value());
    values.add(Seed.of(2, "weights").value());
    values.add(Seed.of(1, "order").value());
    for (int i = 0; i < 20; i++) {
      values.add(seed.replicate(i).value());
      values.add(seed.layer(i).value());
      values.add(seed.epoch(i).value());
      values.add(seed.replicate(i).layer(i).value());
    }
    assertThat(values).hasSize(83);
  }

  @Test
  void drawsStartFromTheValue() {
    Seed seed = Seed.of(1, "split");
    assertThat(seed.draws().nextLong()).isEqualTo(new Draws(seed.value()).nextLong());
  }

  @Test
  void purposeIsAWord() {
    assertThatThrownBy(() -> Seed.of(1, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("purpose");
    assertThatThrownBy(() -> Seed.of(1, "a|b")).hasMessageContaining("'a|b'");
  }
}
