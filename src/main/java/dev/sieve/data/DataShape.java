package dev.sieve.data;

/** What settings must know of a data set to become networks and sets of a size. */
public interface DataShape {
  /** CIFAR-10's, and the synthetic set's layout: 3 planes of 32 × 32 pixels, ten classes. */
  Images CIFAR_10 = new Images(3 * 32 * 32, 10, 50_000, 10_000);

  /** How many classes come out. */
  int classes();

  /** Examples to train and validate on. */
  int training();

  /** Examples of the test set; 0 where there is none. */
  int test();

  /** What shares are of: the training examples, and the test set where it is a share itself. */
  int whole();

  /**
   * How many numbers go in.
   *
   * @param seed the study's seed
   */
  int inputs(DataSelection selection, long seed);

  /**
   * Of images.
   *
   * @param inputs pixels of an image, all planes
   */
  record Images(int inputs, int classes, int training, int test) implements DataShape {
    @Override
    public int whole() {
      return training;
    }

    @Override
    public int inputs(DataSelection selection, long seed) {
      return inputs;
    }
  }
}
