package dev.sieve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PreparedDataTest {
  private static final ImageSet DATA = SyntheticImages.dataSet(100, 20);

  @Test
  void trainingComesFromTheFrontOfThePermutationAndValidationFromItsEnd() {
    int[] order = Seed.of(5, "split").draws().permutation(100);
    PreparedData prepared = DATA.prepare(selection(60, 30), 5);
    assertThat(prepared.train().indices()).isEqualTo(Arrays.copyOf(order, 60));
    assertThat(prepared.validation().indices()).isEqualTo(Arrays.copyOfRange(order, 70, 100));
    assertThat(prepared.train().examples()).isSameAs(DATA.trainingImages());
    assertThat(prepared.validation().examples()).isSameAs(DATA.trainingImages());
    assertThat(prepared.test().examples()).isSameAs(DATA.testImages());
    assertThat(prepared.test().count()).isEqualTo(20);
  }

  @Test
  void phasesOfDifferentSizeShareOnePermutation() {
    PreparedData coarse = DATA.prepare(selection(20, 10), 5);
    PreparedData last = DATA.prepare(selection(90, 10), 5);
    assertThat(coarse.train().indices()).isEqualTo(Arrays.copyOf(last.train().indices(), 20));
    assertThat(coarse.validation().indices()).isEqualTo(last.validation().indices());
  }

  @Test
  void theSeedDecides() {
    PreparedData one = DATA.prepare(selection(50, 50), 1);
    assertThat(DATA.prepare(selection(50, 50), 1).train().indices())
        .isEqualTo(one.train().indices());
    assertThat(DATA.prepare(selection(50, 50), 2).train().indices())
        .isNotEqualTo(one.train().indices());
  }

  @Test
  void officialOrderIsAsPublished() {
    PreparedData prepared =
        DATA.prepare(new DataSelection(2, 3, Order.OFFICIAL, false, Standardisation.NONE), 1);
    assertThat(prepared.train().indices()).containsExactly(0, 1);
    assertThat(prepared.validation().indices()).containsExactly(97, 98, 99);
  }

  @Test
  void validationMayBeTheTestImages() {
    PreparedData prepared =
        DATA.prepare(new DataSelection(100, 0, Order.SEEDED, true, Standardisation.NONE), 1);
    assertThat(prepared.train().count()).isEqualTo(100);
    assertThat(prepared.validation().examples()).isSameAs(DATA.testImages());
    assertThat(prepared.validation().count()).isEqualTo(20);
  }

  @Test
  void theStandardiserIsOfTheTrainingSetAlone() {
    PreparedData prepared = DATA.prepare(selection(60, 30), 5);
    assertThat(prepared.standardiser().mean())
        .isEqualTo(
            Standardiser.fit(
                    DATA.trainingImages(), prepared.train().indices(), Standardisation.PER_INPUT)
                .mean());
  }

  @Test
  void setsThatOverlapAreRefused() {
    assertThatThrownBy(() -> DATA.prepare(selection(60, 41), 5))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.train + data.validation <= 100 must hold (the official training images of"
                + " synthetic), but got data.train = 60, data.validation = 41: lower one of them.");
    DataSelection all = new DataSelection(101, 0, Order.SEEDED, true, Standardisation.NONE);
    assertThatThrownBy(() -> DATA.prepare(all, 5))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.train = 101, data.validation = test");
    DataSelection huge = selection(Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertThatThrownBy(() -> DATA.prepare(huge, 5)).isInstanceOf(UserException.class);
  }

  private static DataSelection selection(int train, int validation) {
    return new DataSelection(train, validation, Order.SEEDED, false, Standardisation.PER_INPUT);
  }
}
