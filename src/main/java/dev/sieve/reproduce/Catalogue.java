package dev.sieve.reproduce;

import dev.sieve.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every experiment of the reports: what runs it, and where the report tells of it. */
public record Catalogue(List<Entry> entries) {
  /**
   * One experiment.
   *
   * @param name as {@code published.csv} names it
   * @param section the report's section or figures
   * @param studies files that run it, relative to the folder of the reports, without {@code .conf}
   * @param checks gradient checks, by their names
   */
  public record Entry(
      String report,
      String name,
      String section,
      String title,
      List<String> studies,
      List<String> checks) {
    /** {@code REPORT/EXPERIMENT}, as the command line names it. */
    public String path() {
      return report + "/" + name;
    }
  }

  public Catalogue {
    entries = List.copyOf(entries);
  }

  public static Catalogue load() {
    return new Catalogue(
        Csv.resource("experiments.csv").stream()
            .map(
                row ->
                    new Entry(
                        row.getOrDefault("report", ""),
                        row.getOrDefault("experiment", ""),
                        row.getOrDefault("section", ""),
                        row.getOrDefault("title", ""),
                        words(row.getOrDefault("studies", "")),
                        words(row.getOrDefault("checks", ""))))
            .toList());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * What a name on the command line stands for.
   *
   * @param name {@code all}, a report, {@code REPORT/EXPERIMENT}, or an experiment's name alone
   *     where only one report has it
   */
  public List<Entry> select(String name) {
    if (name.equals("all")) {
      return entries;
    }
    List<Entry> chosen =
        entries.stream().filter(e -> e.report().equals(name) || e.path().equals(name)).toList();
    if (!chosen.isEmpty()) {
      return chosen;
    }
    List<Entry> named = entries.stream().filter(e -> e.name().equals(name)).toList();
    if (named.size() == 1) {
      return named;
    }
    throw new UserException(
        named.isEmpty()
            ? "reproduce needs list, all, report, a report (%s) or an experiment of one (REPORT/EXPERIMENT; 'list' names them), but got '%s'"
                .formatted(String.join(", ", reports()), name)
            : "'%s' is an experiment of more than one report: name it as %s"
                .formatted(
                    name, named.stream().map(Entry::path).collect(Collectors.joining(" or "))));
  }

  /** The reports' names, in order. */
  public Set<String> reports() {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach(entry -> names.add(entry.report()));
    return names;
  }

  /** The studies of some experiments, each once, in order. */
  public static List<String> studies(List<Entry> entries) {
    Set<String> studies = new LinkedHashSet<>();
    entries.forEach(entry -> studies.addAll(entry.studies()));
    return new ArrayList<>(studies);
  }

  /** A study's file. */
  public static Path file(Path folder, String study) {
    return folder.resolve(study + ".conf");
  }

  /** The name that a study's file gives it: its path with a hyphen for the slash. */
  public static String studyName(String study) {
    return study.replace('/', '-');
  }
}
