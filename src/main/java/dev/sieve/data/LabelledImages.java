package dev.sieve.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Images of one size as unsigned bytes, with a label each. Pixels are stored image after image;
 * within an image plane after plane (red, green, blue), each row by row, as CIFAR-10 has them.
 * Immutable by contract: the arrays are handed out without a copy (184 MB of CIFAR-10) and must not
 * be written to.
 */
public final class LabelledImages implements Serializable {
  private static final long serialVersionUID = 1;

  private final int pixelsPerImage;
  private final byte[] pixels;
  private final byte[] labels;
  private final String[] classNames;

  public LabelledImages(int pixelsPerImage, byte[] pixels, byte[] labels, List<String> classNames) {
    if ((long) labels.length * pixelsPerImage != pixels.length) {
      throw new IllegalArgumentException(
          "pixels must number labels × pixelsPerImage, but got %s, %s and %s"
              .formatted(pixels.length, labels.length, pixelsPerImage));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "0 <= label < %s must hold, but got %s at image %s"
                .formatted(classNames.size(), labels[i] & 0xff, i));
      }
    }
    this.pixelsPerImage = pixelsPerImage;
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = classNames.toArray(new String[0]);
  }

  public int count() {
    return labels.length;
  }

  public int pixelsPerImage() {
    return pixelsPerImage;
  }

  public int classes() {
    return classNames.length;
  }

  /** All pixels; image i begins at i × {@link #pixelsPerImage()}. Not to be modified. */
  public byte[] pixels() {
    return pixels;
  }

  /** All labels, each in [0, {@link #classes()}). Not to be modified. */
  public byte[] labels() {
    return labels;
  }

  public List<String> classNames() {
    return List.of(classNames);
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
    return new LabelledImages(dimensions, kept, labels, Arrays.asList(classNames));
  }
}
