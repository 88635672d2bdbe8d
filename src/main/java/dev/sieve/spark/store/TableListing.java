package dev.sieve.spark.store;

import dev.sieve.spark.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * The whole files of a table, of all studies: {@code DIR/TABLE/STUDY/FILE}. Each is read and
 * checked once a process, and again where its length or time has changed. Whatever else lies there
 * is told of and left out; hidden files are skipped.
 */
public final class TableListing {
  /** What was found out about a file. */
  private record Checked(long length, long modified, @Nullable String problem) {}

  /** By a table's folder, its files by their paths; what is not there any more is forgotten. */
  private static final Map<String, Map<String, Checked>> KNOWN = new ConcurrentHashMap<>();

  /** Compactions of many studies may follow each other. */
  private static final int TRIES = 20;

  private final ResultFiles files;
  private final Table<?> table;
  private final Map<String, Checked> known;
  private final Map<String, Checked> now = new HashMap<>();
  private final List<FileStatus> whole = new ArrayList<>();
  private final List<LeftOut> left = new ArrayList<>();

  /** A listed file was gone when it was to be read. */
  private boolean gone;

  private TableListing(ResultFiles files, Table<?> table, Map<String, Checked> known) {
    this.files = files;
    this.table = table;
    this.known = known;
  }

  /** The whole files by path. */
  public static List<FileStatus> of(ResultFiles files, Table<?> table) throws IOException {
    String key = files.uri(table.name());
    TableListing listing = new TableListing(files, table, KNOWN.getOrDefault(key, Map.of()));
    listing.list();
    // The file that a compaction put in place of those it removed may be in no listing yet.
    for (int tries = 1; listing.gone; tries++) {
      if (tries == TRIES) {
        throw new FileNotFoundException(key + ": its files keep going away");
      }
      listing = new TableListing(files, table, listing.now);
      listing.list();
    }
    KNOWN.put(key, listing.now);
    LeftOut.tell(listing.left);
    return listing.whole;
  }

  private void list() throws IOException {
    for (FileStatus entry : visible(table.name())) {
      String name = entry.getPath().getName();
      if (!entry.isDirectory()) {
        stray(entry, "", "it is in no study's folder");
        continue;
      }
      try {
        for (FileStatus file : visible(table.name() + "/" + name)) {
          take(name, file);
        }
      } catch (IOException e) {
        unreadable(entry, name, e);
      }
    }
    whole.sort(Comparator.comparing(FileStatus::getPath));
  }

  private void stray(FileStatus file, String study, String reason) {
    left.add(new LeftOut(ResultsDir.shown(file.getPath()), study, reason, false));
  }

  /** What one study's owner alone may read keeps nobody from the others. */
  private void unreadable(FileStatus file, String study, IOException e) {
    String reason = LeftOut.UNREADABLE + " (" + FileCheck.reason(e) + ")";
    left.add(new LeftOut(ResultsDir.shown(file.getPath()), study, reason, true));
  }

  private void take(String study, FileStatus file) {
    if (file.isDirectory()) {
      stray(file, study, "it is a folder");
      return;
    }
    try {
      check(study, file);
    } catch (IOException e) {
      unreadable(file, study, e);
    }
  }

  private void check(String study, FileStatus file) throws IOException {
    String name = file.getPath().getName();
    String relative = table.name() + "/" + study + "/" + name;
    Checked checked = known.get(relative);
    if (checked == null
        || checked.length() != file.getLen()
        || checked.modified() != file.getModificationTime()) {
      byte[] content = name.endsWith(FileName.SUFFIX) ? files.read(relative) : new byte[0];
      if (content == null) {
        gone = true;
        return;
      }
      checked =
          new Checked(
              file.getLen(), file.getModificationTime(), FileCheck.problem(table, name, content));
    }
    now.put(relative, checked);
    if (checked.problem() == null) {
      whole.add(file);
    } else {
      left.add(leftOut(file.getPath(), study, checked.problem()));
    }
  }

  static LeftOut leftOut(org.apache.hadoop.fs.Path file, String study, String problem) {
    return new LeftOut(
        ResultsDir.shown(file), study, problem, file.getName().endsWith(FileName.SUFFIX));
  }

  private List<FileStatus> visible(String folder) throws IOException {
    try {
      return Arrays.stream(files.statuses(folder))
          .filter(status -> ResultFiles.visible(status.getPath().getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
