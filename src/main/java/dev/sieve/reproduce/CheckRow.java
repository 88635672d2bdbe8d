package dev.sieve.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One parameter of a gradient check.
 *
 * @param check the check's name
 * @param measures by name: {@code centred norms}, {@code finite distance} …
 */
public record CheckRow(String check, long seed, String parameter, Map<String, Double> measures) {
  /** The rows as a file. */
  public static String csv(List<CheckRow> rows) {
    StringBuilder text = new StringBuilder();
    for (CheckRow row : rows) {
      if (text.length() == 0) {
        List<String> head = new ArrayList<>(List.of("check", "seed", "parameter"));
        head.addAll(row.measures().keySet());
        text.append(Csv.line(head));
      }
      List<String> cells =
          new ArrayList<>(List.of(row.check(), Long.toString(row.seed()), row.parameter()));
      row.measures().values().forEach(value -> cells.add(Double.toString(value)));
      text.append(Csv.line(cells));
    }
    return text.toString();
  }

  /** What {@link #csv} wrote. */
  public static List<CheckRow> read(String csv) {
    List<CheckRow> rows = new ArrayList<>();
    if (csv.isBlank()) {
      return rows;
    }
    for (Map<String, String> cells : Csv.parse(csv)) {
      Map<String, Double> measures = new LinkedHashMap<>();
      String check = "";
      String seed = "0";
      String parameter = "";
      for (Map.Entry<String, String> cell : cells.entrySet()) {
        switch (cell.getKey()) {
          case "check" -> check = cell.getValue();
          case "seed" -> seed = cell.getValue();
          case "parameter" -> parameter = cell.getValue();
          default -> measures.put(cell.getKey(), Double.valueOf(cell.getValue()));
        }
      }
      rows.add(new CheckRow(check, Long.parseLong(seed), parameter, measures));
    }
    return rows;
  }
}
