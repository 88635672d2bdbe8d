package dev.sieve.engine.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.engine.Engine;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  void anEngineIsFoundByItsType() {
    Engine engine = Engines.byType("reference");

    assertThat(engine.type()).isEqualTo("reference");
    assertThat(engine.provider()).isEqualTo("ejml");
    assertThat(engine.vectorBits()).isZero();
  }

  @Test
  void theVectorEngineTellsItsKernelsAndTheirVectors() {
    Engine engine = Engines.byType("vector");

    assertThat(engine.type()).isEqualTo("vector");
    assertThat(engine.provider()).isEqualTo("vector");
    assertThat(engine.vectorBits()).isIn(128, 256, 512);
  }

  @Test
  void anUnknownTypeIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Engines.byType("refrence"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine.type must be one of vector, reference, but got 'refrence'");
  }
}
