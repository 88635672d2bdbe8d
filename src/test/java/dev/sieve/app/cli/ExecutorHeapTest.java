package dev.sieve.app.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorHeapTest {
  /** 307,200,000 + 100,000 of the layer below, 1,000,000 + 10 of the output: 8 bytes each. */
  private static final Experiment WIDE =
      Experiment.load(null, List.of("network.hidden=[100000]", "data.source=synthetic"));

  @Test
  void aNetworkThatCannotFitIsRefused() {
    long needed = 8L * 308_300_010;
    assertThatThrownBy(() -> heap(needed - 1).requireHolds(WIDE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a network's weights and gradients must fit into an executor's memory, but network.hidden makes 308300010 parameters, which take 2.47 GB, and there are 2.47 GB: lower its widths, or give more with --executor-memory");
    assertThatCode(() -> heap(needed).requireHolds(WIDE)).doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                heap(needed)
                    .requireHolds(
                        Experiment.load(
                            null, List.of("network.hidden=[100000]", "engine.type=reference"))))
        .hasMessageContaining("which take 4.93 GB");
  }

  @Test
  void theDefaultsFit() {
    assertThatCode(() -> ExecutorHeap.ofSpark().requireHolds(Experiment.load(null, List.of())))
        .doesNotThrowAnyException();
  }

  @Test
  void dataThatCannotFitAreRefused() {
    Experiment small =
        Experiment.load(null, List.of("data.source=synthetic", "coarse.replicates=1"));
    DataSet images = small.data().images();
    long needed = images.bytes(small.selection(images, Phase.COARSE), 1);

    assertThatCode(() -> heap(needed).requireHolds(small, images)).doesNotThrowAnyException();
    assertThatThrownBy(() -> heap(needed - 1).requireHolds(small, images))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the data must fit into an executor's memory, but images and")
        .hasMessageEndingWith("or give more with --executor-memory");
  }

  private static ExecutorHeap heap(long bytes) {
    return new ExecutorHeap(bytes, "--executor-memory");
  }
}
