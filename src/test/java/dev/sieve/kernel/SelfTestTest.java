package dev.sieve.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SelfTestTest {
  private final AtomicInteger tests = new AtomicInteger();
  private final List<String> warnings = new ArrayList<>();
  private float[] kept = {0};

  private void steps(SelfTest test, int count) {
    for (int i = 0; i < count; i++) {
      test.step();
    }
  }

  @Test
  void aFaultIsToldOnceWhenItLasts() {
    SelfTest test =
        new SelfTest(
            () -> {
              tests.incrementAndGet();
              return "the product allocates 7 bytes a call";
            },
            warnings::add);

    steps(test, 1999);
    assertThat(tests).hasValue(0);
    steps(test, 6000);
    assertThat(tests).hasValue(2);
    assertThat(warnings).isEmpty();
    steps(test, 20_000);

    assertThat(tests).hasValue(3);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("The JIT compiler of this JVM (" + Jvm.compiler() + ") has not compiled")
        .contains("as meant: the product allocates 7 bytes a call. Training goes on")
        .contains("another start of the JVM");
  }

  @Test
  void kernelsThatWereCompiledLateAreNotTold() {
    SelfTest test =
        new SelfTest(() -> tests.incrementAndGet() < 2 ? "compiled late" : null, warnings::add);

    steps(test, 20_000);

    assertThat(tests).hasValue(2);
    assertThat(warnings).isEmpty();
  }

  private void work(int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += kept[0] * i;
    }
    kept[0] = sum;
  }

  @Test
  void aKernelIsJudgedBesideItsTwin() {
    assertThat(SelfTest.fault("it", () -> work(1000), () -> work(100_000))).isNull();
    assertThat(SelfTest.fault("it", () -> kept = new float[1000], () -> work(100_000)))
        .matches("it allocates 4[0-9]{3} bytes a call");
    assertThat(SelfTest.fault("it", () -> work(100_000), () -> work(100_000)))
        .matches("it is only [01]\\.[0-9] times as fast as its scalar twin");
  }
}
