package dev.sieve.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A column's values before anything is made of them. Immutable by contract; only arrays, so that
 * any serialiser carries it.
 */
public abstract sealed class RawColumn implements Serializable
    permits RawColumn.Numbers, RawColumn.Words, RawColumn.Vectors {
  private static final long serialVersionUID = 1;

  private final String name;

  private RawColumn(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public abstract int rows();

  /** Compares two rows by their values, as every machine and every reader does. */
  abstract int compare(int a, int b);

  /** These rows of it, in this order. */
  abstract RawColumn rows(int[] order);

  /** This column and the rows of another of the same kind and width behind it. */
  abstract RawColumn and(RawColumn other);

  /** Its values as bytes that say all of them. */
  abstract byte[] bytes();

  /** The same without null and with one zero. */
  private static double canonical(double value) {
    return value == 0 ? 0 : value;
  }

  /** Numbers, of which some may be missing. */
  public static final class Numbers extends RawColumn {
    private static final long serialVersionUID = 1;

    private final double[] values;
    private final boolean[] missing;

    /**
     * @param values any number where {@code missing}
     */
    public Numbers(String name, double[] values, boolean[] missing) {
      super(name);
      this.values = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        this.values[i] = missing[i] ? 0 : canonical(values[i]);
      }
      this.missing = missing.clone();
    }

    @Override
    public int rows() {
      return values.length;
    }

    double value(int row) {
      return values[row];
    }

    boolean missing(int row) {
      return missing[row];
    }

    /** As categories: each number by its shortest text. */
    Words words() {
      List<@Nullable String> texts = new ArrayList<>();
      for (int row = 0; row < values.length; row++) {
        texts.add(missing[row] ? null : text(values[row]));
      }
      return new Words(name(), texts);
    }

    static String text(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }

    @Override
    int compare(int a, int b) {
      return missing[a] || missing[b]
          ? Boolean.compare(missing[b], missing[a])
          : Double.compare(values[a], values[b]);
    }

    @Override
    RawColumn rows(int[] order) {
      double[] moved = new double[order.length];
      boolean[] gone = new boolean[order.length];
      for (int i = 0; i < order.length; i++) {
        moved[i] = values[order[i]];
        gone[i] = missing[order[i]];
      }
      return new Numbers(name(), moved, gone);
    }

    @Override
    RawColumn and(RawColumn other) {
      Numbers behind = (Numbers) other;
      double[] all = Arrays.copyOf(values, values.length + behind.values.length);
      System.arraycopy(behind.values, 0, all, values.length, behind.values.length);
      boolean[] gone = Arrays.copyOf(missing, all.length);
      System.arraycopy(behind.missing, 0, gone, values.length, behind.missing.length);
      return new Numbers(name(), all, gone);
    }

    @Override
    byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(9 * values.length);
      for (int i = 0; i < values.length; i++) {
        bytes.put((byte) (missing[i] ? 1 : 0)).putDouble(values[i]);
      }
      return bytes.array();
    }
  }

  /** Texts, of which some may be missing. */
  public static final class Words extends RawColumn {
    private static final long serialVersionUID = 1;

    /** Index of a row's text, or −1 where it is missing. */
    private final int[] codes;

    /** Every text that occurs, in order. */
    private final String[] dictionary;

    /**
     * @param texts null where one is missing
     */
    public Words(String name, List<@Nullable String> texts) {
      super(name);
      TreeSet<String> distinct = new TreeSet<>();
      for (String text : texts) {
        if (text != null) {
          distinct.add(text);
        }
      }
      this.dictionary = distinct.toArray(new String[0]);
      this.codes = new int[texts.size()];
      for (int i = 0; i < codes.length; i++) {
        String text = texts.get(i);
        codes[i] = text == null ? -1 : Arrays.binarySearch(dictionary, text);
      }
    }

    private Words(String name, int[] codes, String[] dictionary) {
      super(name);
      this.codes = codes;
      this.dictionary = dictionary;
    }

    @Override
    public int rows() {
      return codes.length;
    }

    /** Index of a row's text in {@link #dictionary}; −1 where it is missing. */
    int code(int row) {
      return codes[row];
    }

    /** Every text that occurs, in order. */
    List<String> dictionary() {
      return Arrays.asList(dictionary);
    }

    @Override
    int compare(int a, int b) {
      return Integer.compare(codes[a], codes[b]);
    }

    @Override
    RawColumn rows(int[] order) {
      int[] moved = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        moved[i] = codes[order[i]];
      }
      return new Words(name(), moved, dictionary);
    }

    @Override
    RawColumn and(RawColumn other) {
      Words behind = (Words) other;
      List<@Nullable String> all = new ArrayList<>();
      for (Words part : List.of(this, behind)) {
        for (int code : part.codes) {
          all.add(code < 0 ? null : part.dictionary[code]);
        }
      }
      return new Words(name(), all);
    }

    @Override
    byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[][] words =
          Arrays.stream(dictionary).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
      ByteBuffer length = ByteBuffer.allocate(4);
      for (int code : codes) {
        bytes.writeBytes(length.putInt(0, code < 0 ? -1 : words[code].length).array());
        if (code >= 0) {
          bytes.writeBytes(words[code]);
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Equally many numbers in every row, none missing. */
  public static final class Vectors extends RawColumn {
    private static final long serialVersionUID = 1;

    private final int width;
    private final double[] values;

    /**
     * @param values row after row
     */
    public Vectors(String name, int width, double[] values) {
      super(name);
      this.width = width;
      this.values = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        this.values[i] = canonical(values[i]);
      }
    }

    int width() {
      return width;
    }

    @Override
    public int rows() {
      return values.length / width;
    }

    /** One element as a column. */
    Numbers element(int element) {
      int rows = rows();
      double[] column = new double[rows];
      for (int row = 0; row < rows; row++) {
        column[row] = values[row * width + element];
      }
      return new Numbers(name() + "[" + element + "]", column, new boolean[rows]);
    }

    @Override
    int compare(int a, int b) {
      return Arrays.compare(values, a * width, (a + 1) * width, values, b * width, (b + 1) * width);
    }

    @Override
    RawColumn rows(int[] order) {
      double[] moved = new double[order.length * width];
      for (int i = 0; i < order.length; i++) {
        System.arraycopy(values, order[i] * width, moved, i * width, width);
      }
      return new Vectors(name(), width, moved);
    }

    @Override
    RawColumn and(RawColumn other) {
      Vectors behind = (Vectors) other;
      double[] all = Arrays.copyOf(values, values.length + behind.values.length);
      System.arraycopy(behind.values, 0, all, values.length, behind.values.length);
      return new Vectors(name(), width, all);
    }

    @Override
    byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
      for (double value : values) {
        bytes.putDouble(value);
      }
      return bytes.array();
    }
  }

  /** Rows in the one order that their values give: by the columns in turn. */
  static int[] sorted(List<? extends RawColumn> columns, int rows) {
    Comparator<Integer> order =
        (a, b) -> {
          for (RawColumn column : columns) {
            int compared = column.compare(a, b);
            if (compared != 0) {
              return compared;
            }
          }
          return 0;
        };
    Integer[] all = new Integer[rows];
    Arrays.setAll(all, i -> i);
    Arrays.sort(all, order);
    return Arrays.stream(all).mapToInt(Integer::intValue).toArray();
  }
}
