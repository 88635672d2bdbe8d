package dev.sieve.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class JvmTest {
  @Test
  void theCollectorIsTheOneWhoseBeansThereAre() {
    String bean = ManagementFactory.getGarbageCollectorMXBeans().get(0).getName();

    String expected = bean.startsWith("G1 ") ? "G1" : bean.equals("Copy") ? "Serial" : "Parallel";
    assertThat(Jvm.collector()).isEqualTo(expected);
    assertThat(Jvm.aligns()).isEqualTo(expected.equals("G1"));
  }

  @Test
  void theCompilerIsTheOneThatTheOptionsName() {
    boolean first =
        ManagementFactory.getRuntimeMXBean()
            .getInputArguments()
            .contains("-XX:TieredStopAtLevel=1");

    assertThat(Jvm.compiler()).isEqualTo(first ? "C1" : "C2");
  }

  @Test
  void aLargeArrayIsHalfARegion() {
    assertThat(Jvm.largeFloats()).isGreaterThanOrEqualTo(1 << 20);
  }
}
