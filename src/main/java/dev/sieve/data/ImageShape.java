package dev.sieve.data;

/**
 * What a network must know of a data set: how many numbers go in, and how many classes come out.
 *
 * @param inputs pixels of an image, all planes
 */
public record ImageShape(int inputs, int classes) {
  /** CIFAR-10's layout, and the synthetic set's: 3 planes of 32 × 32 pixels, ten classes. */
  public static final ImageShape CIFAR_10 = new ImageShape(3 * 32 * 32, 10);
}
