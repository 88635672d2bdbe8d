package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.TestRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each source of data needs, and which keys have no effect on it. */
final class SourceRules {
  /** Keys that only a table has. */
  private static final List<String> OF_A_TABLE =
      List.of(
          "data.table.path",
          "data.table.format",
          "data.table.options",
          "data.table.name",
          "data.table.sql",
          "data.table.label",
          "data.features",
          "data.drop",
          "data.categorical",
          "data.max-categories");

  /** Keys that some sources have. */
  private static final Map<String, List<String>> SOURCES =
      Map.of(
          "data.labels",
          List.of("cifar-100"),
          "data.size",
          List.of("images"),
          "data.test",
          List.of("table", "images"));

  private static final List<String> PLACES = List.of("path", "name", "sql");

  private SourceRules() {}

  /** What must hold between the keys of a table, and where there is none. */
  static void check(ParsedStudy document, Problems problems) {
    refuseUntested(document, problems);
    if (!document.text("data.source").equals("table")) {
      refuseWithoutTable(document, problems);
      refuseOthers(document, problems);
      return;
    }
    refuseOthers(document, problems);
    List<String> said = PLACES.stream().filter(key -> document.says("data.table." + key)).toList();
    if (said.size() != 1 && PLACES.stream().noneMatch(k -> document.doubtful("data.table." + k))) {
      problems.add(
          document.require(said.isEmpty() ? "data.source" : "data.table." + said.get(1)).place(),
          "data.source = table needs one of data.table.path, data.table.name and data.table.sql, but got %s; %s"
              .formatted(
                  said.isEmpty() ? "none" : String.join(" and ", said),
                  said.isEmpty() ? "name the table" : "remove one"));
    }
    if (!document.says("data.table.label")) {
      problems.add(
          document.require("data.source").place(),
          "data.source = table needs data.table.label, but got none; name the column with the classes");
    }
    refuse(document, problems, "data.order", "official", "the rows of a table have no order");
    for (String word : List.of("per-channel", "scale")) {
      refuse(document, problems, "data.standardise", word, "that is for images");
    }
  }

  /** Keys that have no effect on the source of a study. */
  static List<String> unused(ParsedStudy document) {
    String source = document.text("data.source");
    List<String> unused =
        new ArrayList<>(source.equals("table") ? List.of("data.path") : OF_A_TABLE);
    SOURCES.forEach(
        (key, sources) -> {
          if (!sources.contains(source)) {
            unused.add(key);
          }
        });
    return unused;
  }

  private static void refuseOthers(ParsedStudy document, Problems problems) {
    SOURCES.forEach(
        (key, sources) -> {
          Entry entry = document.require(key);
          if (entry.explicit() && !sources.contains(document.text("data.source"))) {
            problems.add(
                entry.place(),
                "%s needs data.source = %s to have an effect, but got %s; change that, or remove %1$s"
                    .formatted(key, String.join(" or ", sources), document.text("data.source")));
          }
        });
  }

  /** What cannot be without examples to test on. */
  private static void refuseUntested(ParsedStudy document, Problems problems) {
    if (!document.require("data.test").value().equals(TestRows.NONE)) {
      return;
    }
    String remedy = "there is nothing to test on with data.test = none";
    refuse(document, problems, "data.validation", "test", remedy);
    for (String key : List.of("coarse.evaluate-test", "fine.evaluate-test")) {
      Entry entry = document.require(key);
      if (entry.value().equals(true)) {
        problems.add(
            entry.place(), "%s must be false, but got true (%s); change it".formatted(key, remedy));
      }
    }
  }

  private static void refuseWithoutTable(ParsedStudy document, Problems problems) {
    for (String key : OF_A_TABLE) {
      Entry entry = document.entry(key);
      if (entry != null && entry.explicit()) {
        problems.add(
            entry.place(),
            "%s needs data.source = table to have an effect, but got %s; change that, or remove %1$s"
                .formatted(key, document.text("data.source")));
      }
    }
    refuse(document, problems, "data.standardise", "robust", "that is for tables");
    if (document.text("data.source").equals("images")) {
      if (document.require("data.test").value() instanceof Map<?, ?>) {
        problems.add(
            document.require("data.test").place(),
            "data.test must be a share with data.source = images, but got a table; put the images to test on into a folder test beside train");
      }
      if (!document.says("data.path")) {
        problems.add(
            document.require("data.source").place(),
            "data.source = images needs data.path, but got none; name the folder that has a folder for each class");
      }
    }
  }

  private static void refuse(
      ParsedStudy document, Problems problems, String key, String word, String why) {
    for (String path :
        Stream.concat(
                Stream.of(key), document.phases().stream().map(phase -> phase.label() + "." + key))
            .toList()) {
      Entry entry = document.entry(path);
      if (entry != null && entry.value().equals(word)) {
        problems.add(
            entry.place(),
            "%s must be another with data.source = %s, but got %s (%s); change it"
                .formatted(path, document.text("data.source"), word, why));
      }
    }
  }
}
