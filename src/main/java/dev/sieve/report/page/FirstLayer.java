package dev.sieve.report.page;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first layer's weights as images, one a unit, in bytes: 128 is zero, the unit's largest
 * magnitude is 255 or 1.
 *
 * @param units of the layer; the first of them are in {@code pixels}
 * @param pixels units × height × width × channels
 */
public record FirstLayer(int units, int shown, int side, int channels, byte[] pixels) {
  /** More than these are left out: each costs 4 kB of the page. */
  private static final int MOST = 64;

  /**
   * @param inputs d: planes of square images, red, green, blue, each row by row, or one of grey
   * @param units m
   * @param weights d×m in row-major order
   * @return null where the inputs are no square images
   */
  public static @Nullable FirstLayer of(int inputs, int units, double[] weights) {
    if (weights.length != (long) inputs * units) {
      throw new IllegalArgumentException(
          "weights must be inputs x units, but got %s for %s x %s"
              .formatted(weights.length, inputs, units));
    }
    int channels = inputs % 3 == 0 && square(inputs / 3) ? 3 : 1;
    if (!square(inputs / channels) || inputs < 4) {
      return null;
    }
    int plane = inputs / channels;
    int shown = Math.min(MOST, units);
    byte[] pixels = new byte[shown * inputs];
    for (int unit = 0; unit < shown; unit++) {
      double largest = Double.MIN_NORMAL;
      for (int i = 0; i < inputs; i++) {
        largest = Math.max(largest, Math.abs(weights[i * units + unit]));
      }
      for (int i = 0; i < inputs; i++) {
        long level = 128 + Math.round(127 * weights[i * units + unit] / largest);
        pixels[unit * inputs + i % plane * channels + i / plane] = (byte) level;
      }
    }
    return new FirstLayer(units, shown, (int) Math.sqrt(plane), channels, pixels);
  }

  private static boolean square(int n) {
    int root = (int) Math.sqrt(n);
    return root * root == n;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("units", units);
    json.put("shown", shown);
    json.put("side", side);
    json.put("channels", channels);
    json.put("pixels", Base64.getEncoder().encodeToString(pixels));
    return json;
  }
}
