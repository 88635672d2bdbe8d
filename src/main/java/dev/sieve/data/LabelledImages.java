package dev.sieve.data;

import java.util.List;

/**
 * Images of one size as unsigned bytes, with a label each. Pixels are stored image after image;
 * within an image plane after plane (red, green, blue), each row by row, as CIFAR-10 has them.
 */
public final class LabelledImages extends Examples {
  private static final long serialVersionUID = 1;

  private final int planes;
  private final int pixelsPerImage;
  private final byte[] pixels;

  /**
   * @param planes 3 for red, green and blue, 1 for grey
   * @param pixelsPerImage of all planes
   */
  public LabelledImages(
      int planes, int pixelsPerImage, byte[] pixels, short[] labels, List<String> classNames) {
    super(labels, classNames);
    if (planes < 1 || pixelsPerImage % planes != 0) {
      throw new IllegalArgumentException(
          "pixelsPerImage must be planes of one size, but got %s in %s planes"
              .formatted(pixelsPerImage, planes));
    }
    if ((long) labels.length * pixelsPerImage != pixels.length) {
      throw new IllegalArgumentException(
          "pixels must number labels × pixelsPerImage, but got %s, %s and %s"
              .formatted(pixels.length, labels.length, pixelsPerImage));
    }
    this.planes = planes;
    this.pixelsPerImage = pixelsPerImage;
    this.pixels = pixels;
  }

  /**
   * Of three planes where the size allows it.
   *
   * @param labels unsigned
   */
  public LabelledImages(int pixelsPerImage, byte[] pixels, byte[] labels, List<String> classNames) {
    this(pixelsPerImage % 3 == 0 ? 3 : 1, pixelsPerImage, pixels, widened(labels), classNames);
  }

  /** Of one plane. */
  public static LabelledImages grey(
      int pixelsPerImage, byte[] pixels, byte[] labels, List<String> classNames) {
    return new LabelledImages(1, pixelsPerImage, pixels, widened(labels), classNames);
  }

  private static short[] widened(byte[] labels) {
    short[] wide = new short[labels.length];
    for (int i = 0; i < labels.length; i++) {
      wide[i] = (short) (labels[i] & 0xff);
    }
    return wide;
  }

  @Override
  public int inputs() {
    return pixelsPerImage;
  }

  /** 3 for red, green and blue, 1 for grey. */
  public int planes() {
    return planes;
  }

  public int pixelsPerImage() {
    return pixelsPerImage;
  }

  @Override
  public double value(int example, int input) {
    return pixels[example * pixelsPerImage + input] & 0xff;
  }

  /** All pixels; image i begins at i × {@link #pixelsPerImage()}. Not to be modified. */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * These images cut to their first {@code dimensions} pixels, as the reports' gradient checks do.
   */
  public LabelledImages truncated(int dimensions) {
    if (dimensions < 1 || dimensions > pixelsPerImage) {
      throw new IllegalArgumentException(
          "1 <= dimensions <= %s must hold, but got dimensions=%s"
              .formatted(pixelsPerImage, dimensions));
    }
    byte[] kept = new byte[count() * dimensions];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(pixels, i * pixelsPerImage, kept, i * dimensions, dimensions);
    }
    int left = dimensions % 3 == 0 ? 3 : 1;
    return new LabelledImages(left, dimensions, kept, labels(), classNames());
  }
}
