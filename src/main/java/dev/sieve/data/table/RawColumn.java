package dev.sieve.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column's values before anything is made of them. Immutable by contract; only arrays, so that
 * any serialiser carries it.
 */
public abstract sealed class RawColumn implements Serializable
    permits RawColumn.Numbers, RawColumn.Words, RawColumn.Vectors {
  private static final long serialVersionUID = 1;

  /** Rows whose bytes are made at a time. */
  private static final int CHUNK = 10_000;

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

  /** Columns of a value a row: itself, or the elements of an array. */
  List<? extends RawColumn> parts() {
    return List.of(this);
  }

  /** The bytes that say all of some rows' values. */
  abstract byte[] bytes(int from, int to);

  /** Bytes in memory. */
  abstract long size();

  /** A number for a row's value: the same for equal values, most likely another for others. */
  abstract long hash(int row);

  /** What it holds, in whichever order its rows are: the kind, and a number for the values. */
  final String summary() {
    long sum = 0;
    for (int row = 0; row < rows(); row++) {
      sum += mixed(hash(row));
    }
    String kind = getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return String.format(Locale.ROOT, "%s, values %08x", kind, (int) (mixed(sum) >>> 32));
  }

  /** Every bit of the result depends on every bit of the argument (SplitMix64's finaliser). */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** Its values as bytes that say all of them, some rows after the other. */
  final Stream<byte[]> bytes() {
    int rows = rows();
    return IntStream.iterate(0, from -> from < rows, from -> from + CHUNK)
        .mapToObj(from -> bytes(from, Math.min(rows, from + CHUNK)));
  }

  /** The same without null and with one zero. */
  private static double canonical(double value) {
    return value == 0 ? 0 : value;
  }

  /** Numbers, of which some may be missing. */
  public static final class Numbers extends RawColumn {
    private static final long serialVersionUID = 1;

    /** From here on two whole numbers may be one {@code double}. */
    static final double EXACT = 1L << 53;

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
    byte[] bytes(int from, int to) {
      ByteBuffer bytes = ByteBuffer.allocate(9 * (to - from));
      for (int i = from; i < to; i++) {
        bytes.put((byte) (missing[i] ? 1 : 0)).putDouble(values[i]);
      }
      return bytes.array();
    }

    @Override
    long size() {
      return 9L * values.length;
    }

    @Override
    long hash(int row) {
      return missing[row] ? 1 : Double.doubleToLongBits(values[row]) + 2;
    }
  }

  /** Texts, of which some may be missing. */
  public static final class Words extends RawColumn {
    private static final long serialVersionUID = 1;

    private static final byte[] NOTHING = {};

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
    byte[] bytes(int from, int to) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ByteBuffer length = ByteBuffer.allocate(4);
      for (int row = from; row < to; row++) {
        byte[] word = codes[row] < 0 ? NOTHING : dictionary[codes[row]].getBytes(UTF_8);
        bytes.writeBytes(length.putInt(0, codes[row] < 0 ? -1 : word.length).array());
        bytes.writeBytes(word);
      }
      return bytes.toByteArray();
    }

    @Override
    long size() {
      long texts = 0;
      for (String word : dictionary) {
        texts += 48 + 2L * word.length();
      }
      return 4L * codes.length + texts;
    }

    @Override
    long hash(int row) {
      return codes[row] < 0 ? 1 : dictionary[codes[row]].hashCode() + 2L;
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

    @Override
    List<Numbers> parts() {
      return IntStream.range(0, width).mapToObj(this::element).toList();
    }

    /** One element as a column. */
    private Numbers element(int element) {
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
    byte[] bytes(int from, int to) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * width * (to - from));
      for (int i = from * width; i < to * width; i++) {
        bytes.putDouble(values[i]);
      }
      return bytes.array();
    }

    @Override
    long size() {
      return 8L * values.length;
    }

    @Override
    long hash(int row) {
      return Arrays.hashCode(Arrays.copyOfRange(values, row * width, (row + 1) * width));
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
