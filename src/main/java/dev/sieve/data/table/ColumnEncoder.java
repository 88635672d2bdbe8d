package dev.sieve.data.table;

import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.InputColumns;
import dev.sieve.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one column becomes, fitted on training rows: so many inputs of a network. */
sealed interface ColumnEncoder {
  /** What is encoded. */
  RawColumn column();

  /** A name for each input. */
  List<String> inputs();

  /** Writes a row's inputs from {@code out[at]} on. */
  void encode(int row, float[] out, int at);

  /**
   * A number: (x − centre)·scale, clipped smoothly where {@code clip}, or as it is where {@code
   * plain}. A missing one is the centre, and where training rows miss some, a second input says
   * which.
   */
  record OfNumber(
      RawColumn.Numbers column,
      double centre,
      double scale,
      boolean clip,
      boolean marks,
      boolean plain)
      implements ColumnEncoder {
    /**
     * Fits it.
     *
     * @param training indices of the training rows
     * @return null where the column is the same in every training row
     */
    static @Nullable ColumnEncoder fit(
        RawColumn.Numbers column, int[] training, Standardisation kind) {
      double[] values =
          Arrays.stream(training)
              .filter(row -> !column.missing(row))
              .mapToDouble(column::value)
              .sorted()
              .toArray();
      boolean marks = values.length < training.length;
      if (values.length == 0 || values[0] == values[values.length - 1]) {
        return marks && values.length > 0
            ? new OfNumber(column, values[0], 0, false, true, false)
            : null;
      }
      return switch (kind) {
        case ROBUST -> robust(column, values, marks);
        case NONE -> new OfNumber(column, mean(values), 1, false, marks, true);
        default -> {
          double mean = mean(values);
          yield new OfNumber(
              column, mean, scale(column, deviation(values, mean)), false, marks, false);
        }
      };
    }

    private static double scale(RawColumn.Numbers column, double spread) {
      if (!Double.isFinite(1 / spread)) {
        throw new UserException(
            "a feature's numbers must differ by more than 1e-308, but those of %s do not: scale them in data.table.sql, or leave the column out with data.drop"
                .formatted(column.name()));
      }
      return 1 / spread;
    }

    /** Of sorted values, so that their order does not matter. */
    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value / values.length;
      }
      return sum;
    }

    private static double deviation(double[] values, double mean) {
      double largest =
          Math.max(Math.abs(values[0] - mean), Math.abs(values[values.length - 1] - mean));
      double sum = 0;
      for (double value : values) {
        double share = (value - mean) / largest;
        sum += share * share;
      }
      return largest * Math.sqrt(sum / values.length);
    }

    /**
     * Median and quartiles, and where these fall together half the range (Holzmüller, Grinsztajn,
     * Steinwart: "Better by default", NeurIPS 2024, section 3).
     */
    private static OfNumber robust(RawColumn.Numbers column, double[] values, boolean marks) {
      double quartiles = quantile(values, 0.75) - quantile(values, 0.25);
      double range = (values[values.length - 1] - values[0]) / 2;
      double median = quantile(values, 0.5);
      return new OfNumber(
          column, median, scale(column, quartiles > 0 ? quartiles : range), true, marks, false);
    }

    /** Between two neighbours in a straight line (Hyndman and Fan 1996, definition 7). */
    private static double quantile(double[] sorted, double share) {
      double at = share * (sorted.length - 1);
      int low = (int) at;
      int high = Math.min(low + 1, sorted.length - 1);
      return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }

    @Override
    public List<String> inputs() {
      String name = column.name();
      List<String> inputs = new ArrayList<>();
      if (scale != 0) {
        inputs.add(name);
      }
      if (marks) {
        inputs.add(name + " is null");
      }
      return inputs;
    }

    @Override
    public void encode(int row, float[] out, int at) {
      boolean missing = column.missing(row);
      int mark = at;
      if (scale != 0) {
        out[at] = (float) scaled(missing ? centre : column.value(row));
        mark++;
      }
      if (marks) {
        out[mark] = missing ? 1 : 0;
      }
    }

    private double scaled(double value) {
      if (plain) {
        return value;
      }
      double z = (value - centre) * scale;
      return clip ? z / Math.sqrt(1 + z / InputColumns.BOUND * (z / InputColumns.BOUND)) : z;
    }
  }

  /**
   * A category: an input for each of the most frequent ones, one for the others together. A missing
   * value is a category; one that no training row has is none.
   *
   * @param inputOf which input a code of the column's dictionary sets, the last element being for a
   *     missing value; −1 for none
   */
  record OfWords(RawColumn.Words column, int[] inputOf, List<String> inputs)
      implements ColumnEncoder {
    /**
     * Fits it.
     *
     * @param training indices of the training rows
     * @param most categories that have an input of their own
     * @return null where the column is the same in every training row
     */
    static @Nullable ColumnEncoder fit(RawColumn.Words column, int[] training, int most) {
      int words = column.dictionary().size();
      int[] counts = new int[words + 1];
      for (int row : training) {
        int code = column.code(row);
        counts[code < 0 ? words : code]++;
      }
      List<Integer> seen = new ArrayList<>();
      for (int code = 0; code <= words; code++) {
        if (counts[code] > 0) {
          seen.add(code);
        }
      }
      if (seen.size() < 2) {
        return null;
      }
      // The missing one is always kept; of equally frequent ones the first by its text.
      Comparator<Integer> frequent = Comparator.comparing(code -> code < words);
      frequent = frequent.thenComparing(code -> -counts[code]).thenComparing(code -> code);
      BitSet kept = new BitSet();
      seen.stream().sorted(frequent).limit(most).forEach(kept::set);
      int[] inputOf = new int[words + 1];
      Arrays.fill(inputOf, -1);
      List<String> inputs = new ArrayList<>();
      for (int code : seen) {
        if (kept.get(code)) {
          inputOf[code] = inputs.size();
          inputs.add(
              code == words
                  ? column.name() + " is null"
                  : column.name() + " = " + column.dictionary().get(code));
        }
      }
      if (seen.size() > most) {
        for (int code : seen) {
          inputOf[code] = kept.get(code) ? inputOf[code] : inputs.size();
        }
        inputs.add(column.name() + ": others");
      }
      return new OfWords(column, inputOf, List.copyOf(inputs));
    }

    @Override
    public void encode(int row, float[] out, int at) {
      int code = column.code(row);
      int input = inputOf[code < 0 ? inputOf.length - 1 : code];
      if (input >= 0) {
        out[at + input] = 1;
      }
    }
  }
}
