package dev.sieve.data.source;

import dev.sieve.data.DataSet;
import java.util.Arrays;
import java.util.List;

/**
 * What a data set holds, for people.
 *
 * @param where the folder or file it was read from, or that it was generated
 * @param training number of training examples of each class
 * @param test number of test examples of each class
 */
public record DataReport(
    String name,
    String where,
    String fingerprint,
    List<String> classNames,
    List<Integer> training,
    List<Integer> test) {
  /** Of a data set that was read. */
  public static DataReport of(DataSet data, String where) {
    return new DataReport(
        data.name(),
        where,
        data.fingerprint(),
        data.classNames(),
        counts(data.trainingPerClass()),
        counts(data.testPerClass()));
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

  private static List<Integer> counts(int[] perClass) {
    return Arrays.stream(perClass).boxed().toList();
  }
}
