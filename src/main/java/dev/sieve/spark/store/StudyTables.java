package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import dev.sieve.search.results.TrialStore;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one study in the three tables, as the driver that holds its lease writes them. It
 * knows which there are: one that goes away while it works would otherwise be trials fewer, without
 * a word.
 */
final class StudyTables {
  private final ResultFiles files;
  private final String study;

  /** By table, names of the files that must be there. */
  private final Map<String, Set<String>> known = new HashMap<>();

  StudyTables(ResultFiles files, String study) {
    this.files = files;
    this.study = study;
    look();
  }

  /** What is there now is what must be there from here on. */
  final void look() {
    for (Table<?> table : RawTables.ALL) {
      known.put(table.name(), readNames(table));
    }
  }

  private Set<String> readNames(Table<?> table) {
    try {
      return files.names(folder(table));
    } catch (IOException e) {
      throw Storage.unreadable(files.uri(folder(table)), e);
    }
  }

  private String folder(Table<?> table) {
    return table.name() + "/" + study;
  }

  /**
   * Returns if all files are there.
   *
   * @throws UserException if one is gone
   */
  void check() {
    RawTables.ALL.forEach(this::checked);
  }

  /** Names of a table's files. */
  private Set<String> checked(Table<?> table) {
    Set<String> now = readNames(table);
    Set<String> gone = new HashSet<>(known.getOrDefault(table.name(), Set.of()));
    gone.removeAll(now);
    if (!gone.isEmpty()) {
      throw new UserException(
          "what a study has written must stay while it runs, but %s of its files in %s %s gone, %s among them: nothing more is written; put them back to keep what they hold, or run the same command again as it is, which trains what is missing"
              .formatted(
                  gone.size(),
                  files.uri(folder(table)),
                  gone.size() == 1 ? "is" : "are",
                  gone.stream().sorted().findFirst().orElse("")),
          new TrialStore.RowsGoneException());
    }
    return now;
  }

  /**
   * Writes rows as one file, once: where a whole file of these keys is there already, it stays. A
   * damaged one of the same keys held nothing else and goes.
   *
   * @param keys {@link Hashes#ofSorted} of the rows' keys
   */
  <R> void write(Table<R> table, String keys, List<R> rows) throws IOException {
    List<String> damaged = new ArrayList<>();
    for (String name : checked(table).stream().filter(n -> FileName.holds(n, keys)).toList()) {
      if (problem(table, name) == null) {
        return;
      }
      damaged.add(name);
    }
    byte[] content = table.file(rows);
    String name = FileName.of(keys, content);
    String file = folder(table) + "/" + name;
    try {
      if (damaged.remove(name)) {
        files.replace(file, content);
      } else {
        files.writeOnce(file, content);
      }
    } catch (IOException e) {
      checked(table); // the folder may have gone away under the file
      throw e;
    }
    Set<String> names = known.computeIfAbsent(table.name(), any -> new HashSet<>());
    names.add(name);
    for (String old : damaged) {
      names.remove(old);
      files.delete(folder(table) + "/" + old);
    }
  }

  private @Nullable String problem(Table<?> table, String name) {
    try {
      if (files.folders(folder(table)).contains(name)) {
        return "it is a folder";
      }
      byte[] content = files.read(folder(table) + "/" + name);
      return content == null ? "it is gone" : FileCheck.problem(table, name, content);
    } catch (IOException e) {
      throw Storage.unreadable(files.uri(folder(table) + "/" + name), e);
    }
  }
}
