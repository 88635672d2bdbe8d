package dev.sieve.data.table;

import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.Examples;
import dev.sieve.data.InputColumns;
import dev.sieve.data.Standardiser;
import dev.sieve.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the columns of a table become for a network, fitted on training rows alone.
 *
 * @param encoders of the columns that are kept
 * @param dropped names of columns that are the same in every training row
 */
record Encoding(List<ColumnEncoder> encoders, List<String> dropped) {
  /**
   * Fits it.
   *
   * @param training indices of the training rows
   * @param maxCategories that have an input of their own in each column
   * @throws UserException if nothing is left, or more than a network takes
   */
  static Encoding fit(
      List<RawColumn> columns, int[] training, Standardisation kind, int maxCategories) {
    List<ColumnEncoder> encoders = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (RawColumn column : columns) {
      for (RawColumn part : column.parts()) {
        ColumnEncoder encoder =
            part instanceof RawColumn.Words words
                ? ColumnEncoder.OfWords.fit(words, training, maxCategories)
                : ColumnEncoder.OfNumber.fit((RawColumn.Numbers) part, training, kind);
        if (encoder == null) {
          dropped.add(part.name());
        } else {
          encoders.add(encoder);
        }
      }
    }
    Encoding encoding = new Encoding(List.copyOf(encoders), List.copyOf(dropped));
    int inputs = encoding.inputs().size();
    if (inputs == 0) {
      throw new UserException(
          "a table must have a column that differs between training rows, but each of %s is the same in all: name other columns in data.features"
              .formatted(String.join(", ", dropped)));
    }
    if (inputs > Examples.MOST_INPUTS) {
      throw new UserException(
          "a row may become at most %s numbers, but these columns make %s: lower data.max-categories, or drop columns with data.drop"
              .formatted(Examples.MOST_INPUTS, inputs));
    }
    return encoding;
  }

  /** A name for each number that a row becomes. */
  List<String> inputs() {
    return encoders.stream().flatMap(encoder -> encoder.inputs().stream()).toList();
  }

  /** What each number is. */
  InputColumns columns() {
    List<String> names = inputs();
    double[] mean = new double[names.size()];
    double[] scale = new double[names.size()];
    Arrays.fill(scale, 1);
    boolean clipped = false;
    int input = 0;
    for (ColumnEncoder encoder : encoders) {
      if (encoder instanceof ColumnEncoder.OfNumber number && number.scale() != 0) {
        mean[input] = number.plain() ? 0 : number.centre();
        scale[input] = number.scale();
        clipped |= number.clip();
      }
      input += encoder.inputs().size();
    }
    return new InputColumns(names, new Standardiser(mean, scale), clipped);
  }

  /**
   * Refuses a number that is too large for single precision.
   *
   * @param rows of all columns
   */
  void requireFinite(int rows) {
    for (ColumnEncoder encoder : encoders) {
      float[] inputs = new float[encoder.inputs().size()];
      for (int row = 0; row < rows; row++) {
        encoder.encode(row, inputs, 0);
        if (!Float.isFinite(inputs[0])) {
          throw new UserException(
              "every number must have a value in single precision, but column %s has one that is beyond it under data.standardise: scale it in data.table.sql, or drop it with data.drop"
                  .formatted(encoder.inputs().get(0)));
        }
      }
    }
  }

  /** Rows 0 … {@code rows} as a network sees them. */
  float[] encode(int rows) {
    int inputs = inputs().size();
    if ((long) rows * inputs > Integer.MAX_VALUE - 8) {
      throw new UserException(
          "a table must fit into one array of 2,147,483,639 numbers, but %s rows of %s numbers do not: take fewer rows, or lower data.max-categories"
              .formatted(rows, inputs));
    }
    float[] values = new float[rows * inputs];
    int first = 0;
    for (ColumnEncoder encoder : encoders) {
      int width = encoder.inputs().size();
      for (int row = 0; row < rows; row++) {
        encoder.encode(row, values, row * inputs + first);
      }
      first += width;
    }
    return values;
  }
}
