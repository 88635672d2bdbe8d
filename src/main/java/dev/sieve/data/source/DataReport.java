package dev.sieve.data.source;

import dev.sieve.data.DataSet;
import dev.sieve.data.LabelledImages;
import java.util.ArrayList;
import java.util.List;

/**
 * What a data set holds, for people.
 *
 * @param where the folder or file it was read from, or that it was generated
 * @param training number of training images of each class
 * @param test number of test images of each class
 */
public record DataReport(
    String name,
    String where,
    String fingerprint,
    List<String> classNames,
    List<Integer> training,
    List<Integer> test) {
  /**
   * Reads the whole data set.
   *
   * @throws dev.sieve.error.UserException as {@link DataSource#load()}
   */
  public static DataReport of(DataSource source) {
    return of(source.load(), source.where());
  }

  public static DataReport of(DataSet data, String where) {
    return new DataReport(
        data.name(),
        where,
        data.fingerprint(),
        data.training().classNames(),
        counts(data.training()),
        counts(data.test()));
  }

  /** Several lines, the last one ended too. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("data set     %s%n".formatted(name));
    text.append("read from    %s%n".formatted(where));
    text.append("fingerprint  %s%n%n".formatted(fingerprint));
    text.append("%-18s %8s %8s%n".formatted("class", "training", "test"));
    for (int label = 0; label < classNames.size(); label++) {
      String named = label + " " + classNames.get(label);
      text.append("%-18s %8s %8s%n".formatted(named, training.get(label), test.get(label)));
    }
    text.append("%-18s %8s %8s%n".formatted("all", sum(training), sum(test)));
    return text.toString();
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Integer> counts(LabelledImages images) {
    int[] counts = new int[images.classes()];
    for (byte label : images.labels()) {
      counts[label]++;
    }
    List<Integer> list = new ArrayList<>();
    for (int count : counts) {
      list.add(count);
    }
    return List.copyOf(list);
  }
}
