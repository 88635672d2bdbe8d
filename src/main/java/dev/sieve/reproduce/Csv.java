package dev.sieve.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Comma-separated values (RFC 4180): a heading line, quotes where a cell needs them. */
final class Csv {
  private Csv() {}

  /** The rows of a resource beside this class, by heading. */
  static List<Map<String, String>> resource(String name) {
    try (InputStream in = Csv.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar must hold " + name + ", but does not");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row by its headings, in their order. */
  static List<Map<String, String>> parse(String text) {
    List<List<String>> lines = lines(text);
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> head = lines.get(0);
    for (List<String> cells : lines.subList(1, lines.size())) {
      if (cells.size() != head.size()) {
        throw new IllegalArgumentException(
            "a row must have %s cells, but got %s".formatted(head.size(), cells));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(head.get(i), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  static String line(List<String> cells) {
    return String.join(",", cells.stream().map(Csv::quoted).toList()) + "\n";
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static List<List<String>> lines(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inQuotes) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          inQuotes = false;
        }
      } else if (c == '"') {
        inQuotes = true;
      } else if (c == ',' || c == '\n') {
        cells.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          lines.add(cells);
          cells = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!cells.isEmpty() || cell.length() > 0) {
      cells.add(cell.toString());
      lines.add(cells);
    }
    return lines;
  }
}
