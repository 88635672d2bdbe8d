package dev.sieve.data.folder;

import dev.sieve.error.UserException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One PNG or JPEG as planes of bytes. The JDK decodes it; what is done to its size is done here in
 * integers, so that every machine gets the same pixels.
 */
final class ImageFile {
  /** Pixels that are decoded at most: 400 MB as numbers of 32 bits. */
  private static final long MOST_PIXELS = 100_000_000;

  private static final String REMEDY = "remove it, or save it anew as PNG or JPEG";

  private final int width;
  private final int height;

  /** Red, green, blue in the lower three bytes. */
  private final int[] pixels;

  private ImageFile(int width, int height, int[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * Decodes a file. What is transparent lies on white.
   *
   * @throws UserException if it is damaged, or no PNG or JPEG
   */
  static ImageFile read(Path file) {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      if (reader == null) {
        throw new UserException(
            "a file of images must be a PNG or JPEG, but %s is not: %s".formatted(file, REMEDY));
      }
      try {
        reader.setInput(in, true, true);
        long size = (long) reader.getWidth(0) * reader.getHeight(0);
        if (size > MOST_PIXELS) {
          throw new UserException(
              "an image may have at most %s pixels, but %s has %s: make it smaller"
                  .formatted(MOST_PIXELS, file, size));
        }
        return of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof UserException known) {
        throw known;
      }
      // Decoders meet damage with exceptions of every kind.
      throw new UserException(
          "an image must be whole, but %s is not (%s): %s".formatted(file, reason(e), REMEDY), e);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("it is empty");
  }

  private static @Nullable ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      String format = reader.getFormatName();
      if (format.equalsIgnoreCase("png") || format.equalsIgnoreCase("jpeg")) {
        return reader;
      }
    }
    return null;
  }

  private static ImageFile of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    // Values of grey lie in a space of their own, which getRGB bends: they are taken as they are.
    boolean grey =
        image.getRaster().getNumBands() == 1
            && image.getColorModel().getPixelSize() == 8
            && !(image.getColorModel() instanceof IndexColorModel);
    for (int i = 0; i < pixels.length; i++) {
      if (grey) {
        pixels[i] = 0x010101 * image.getRaster().getSample(i % width, i / width, 0);
      } else {
        pixels[i] = onWhite(pixels[i]);
      }
    }
    return new ImageFile(width, height, pixels);
  }

  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int value = (argb >> shift & 0xff) * alpha + 255 * (255 - alpha);
      rgb |= (value + 127) / 255 << shift;
    }
    return rgb;
  }

  /** Whether every pixel is grey. */
  boolean isGrey() {
    for (int pixel : pixels) {
      if ((pixel & 0xff) != (pixel >> 8 & 0xff) || (pixel & 0xff) != (pixel >> 16 & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The image's middle, as large as it can be of the shape that is wanted, each pixel of the result
   * being the mean over what it covers, rounded to the nearest.
   *
   * @param out Modified: planes of red, green, blue from {@code at} on
   */
  void scale(int toWidth, int toHeight, byte[] out, int at) {
    // The largest part of the wanted shape: across or along the whole image.
    long across = (long) height * toWidth;
    long along = (long) width * toHeight;
    int cutWidth = (int) (along > across ? Math.max(1, across / toHeight) : width);
    int cutHeight = (int) (along > across ? height : Math.max(1, along / toWidth));
    int left = (width - cutWidth) / 2;
    int top = (height - cutHeight) / 2;
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        for (int plane = 0; plane < 3; plane++) {
          int shift = 16 - 8 * plane;
          out[at + plane * toWidth * toHeight + y * toWidth + x] =
              (byte) mean(left, top, cutWidth, cutHeight, x, y, toWidth, toHeight, shift);
        }
      }
    }
  }

  /**
   * The mean over pixel (x, y)'s part of the cut. In units of 1/toWidth × 1/toHeight of a pixel the
   * part goes from x·cutWidth to (x + 1)·cutWidth, so every weight is an integer.
   */
  private int mean(
      int left,
      int top,
      int cutWidth,
      int cutHeight,
      int x,
      int y,
      int toWidth,
      int toHeight,
      int shift) {
    long fromX = (long) x * cutWidth;
    long fromY = (long) y * cutHeight;
    long sum = 0;
    for (long row = fromY / toHeight; row * toHeight < fromY + cutHeight; row++) {
      long high = overlap(row, toHeight, fromY, cutHeight);
      for (long column = fromX / toWidth; column * toWidth < fromX + cutWidth; column++) {
        long wide = overlap(column, toWidth, fromX, cutWidth);
        int pixel = pixels[(int) ((top + row) * width + left + column)];
        sum += high * wide * (pixel >> shift & 0xff);
      }
    }
    long weight = (long) cutWidth * cutHeight;
    return (int) ((sum + weight / 2) / weight);
  }

  /** How much of a source pixel lies in [from, from + length), both in parts of a pixel. */
  private static long overlap(long pixel, int parts, long from, long length) {
    return Math.min((pixel + 1) * parts, from + length) - Math.max(pixel * parts, from);
  }
}
