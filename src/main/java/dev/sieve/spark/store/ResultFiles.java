package dev.sieve.spark.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * The results folder through Hadoop's {@link FileSystem}. A file appears whole or not at all: it is
 * written under a hidden name, which Spark's readers skip, synced, and renamed. Local files have no
 * {@code .crc} beside them.
 */
public final class ResultFiles {
  /** What begins the names of files that are not whole yet. */
  static final String HIDDEN = ".tmp-";

  /** What begins the names of files that are only written to be seen. */
  static final String PROBE = "probe-";

  private final Path root;
  private final Configuration hadoop;
  private final FileSystem files;
  private final boolean local;

  /**
   * @param dir absolute, with a scheme: see {@link ResultsDir#resolve}
   */
  public ResultFiles(Configuration hadoop, String dir) {
    this.root = new Path(dir);
    this.hadoop = hadoop;
    FileSystem found = ResultsDir.system(root, hadoop);
    this.local = found instanceof LocalFileSystem;
    this.files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
  }

  void makeFolder(String relative) throws IOException {
    Path folder = path(relative);
    Storage.writing(files, folder, () -> files.mkdirs(folder));
  }

  /** Writes a file once: one that is there already has the same content and stays. */
  public void writeOnce(String relative, byte[] content) throws IOException {
    Path target = path(relative);
    if (files.exists(target)) {
      return;
    }
    Storage.writing(
        files,
        target,
        () -> {
          Path hidden = writeHidden(target, content, true);
          if (!files.rename(hidden, target) && !files.exists(target)) {
            throw new IOException("renaming " + hidden + " to " + target + " failed");
          }
          syncFolder(target);
          return true;
        });
  }

  /** Writes a file in place of the one that may be there, in one step. */
  public void replace(String relative, byte[] content) throws IOException {
    replace(relative, content, true, () -> true);
  }

  /**
   * The same, if a condition holds still when the file is written and only its rename is left.
   *
   * @return whether it held, and the file is replaced
   */
  boolean replaceIf(String relative, byte[] content, Storage.Step<Boolean> condition)
      throws IOException {
    return replace(relative, content, true, condition);
  }

  /** The same for what may be lost where the power is: not forced to the disk. */
  public void replaceUnforced(String relative, byte[] content) throws IOException {
    replace(relative, content, false, () -> true);
  }

  private boolean replace(
      String relative, byte[] content, boolean forced, Storage.Step<Boolean> condition)
      throws IOException {
    Path target = path(relative);
    return Storage.writing(
        files,
        target,
        () -> {
          Path hidden = writeHidden(target, content, forced);
          if (!holds(condition, hidden)) {
            return false;
          }
          if (local) {
            Files.move(
                nio(hidden),
                nio(target),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
          } else {
            FileContext.getFileContext(target.toUri(), hadoop)
                .rename(hidden, target, Options.Rename.OVERWRITE);
          }
          if (forced) {
            syncFolder(target);
          }
          return true;
        });
  }

  /** Where it does not, or cannot be told, the hidden file goes. */
  private boolean holds(Storage.Step<Boolean> condition, Path hidden) throws IOException {
    boolean holds = false;
    try {
      holds = condition.take();
    } finally {
      if (!holds) {
        files.delete(hidden, false);
      }
    }
    return holds;
  }

  /**
   * Writes a file if none is there.
   *
   * @return whether this call made it
   */
  boolean create(String relative, byte[] content) throws IOException {
    Path target = path(relative);
    return Storage.writing(files, target, () -> created(target, content));
  }

  private boolean created(Path target, byte[] content) throws IOException {
    files.mkdirs(parent(target));
    try (OutputStream out = opened(target)) {
      fill(out, target, content);
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private OutputStream opened(Path target) throws IOException {
    // Hadoop's local file system looks first and creates then, which two processes can both do.
    return local
        ? Files.newOutputStream(
            nio(target), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        : files.create(target, false);
  }

  /** Fills a file that this call made; half a file would keep others out, so it goes. */
  private void fill(OutputStream out, Path target, byte[] content) throws IOException {
    try {
      out.write(content);
      if (out instanceof FSDataOutputStream hadoop) {
        hadoop.hsync();
      }
    } catch (IOException | FSError e) {
      files.delete(target, false);
      throw e;
    }
  }

  /**
   * Writes over a file of the same length, which takes no space. Not in one step: a reader may see
   * part of it.
   *
   * @return false where that cannot be done
   */
  boolean overwrite(String relative, byte[] content) throws IOException {
    java.nio.file.Path target = nio(path(relative));
    if (!local || Files.size(target) != content.length) {
      return false;
    }
    Storage.writing(
        files, path(relative), () -> Files.write(target, content, StandardOpenOption.WRITE));
    return true;
  }

  /** A file's content, or null where there is none. */
  public byte @Nullable [] read(String relative) throws IOException {
    Path file = path(relative);
    if (local) {
      // Hadoop's local stream keeps statistics by thread and file, which takes as long again.
      try {
        return Files.readAllBytes(nio(file));
      } catch (NoSuchFileException e) {
        return null;
      }
    }
    try {
      return Storage.reading(file, () -> whole(file));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** The beginning of a file, at most so many bytes; null where there is none. */
  public byte @Nullable [] head(String relative, int most) throws IOException {
    Path file = path(relative);
    try {
      return Storage.reading(
          file,
          () -> {
            try (FSDataInputStream in = files.open(file)) {
              return in.readNBytes(most);
            }
          });
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private byte[] whole(Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  public boolean exists(String relative) throws IOException {
    return files.exists(path(relative));
  }

  /** When a file was written, milliseconds since the epoch; 0 where there is none. */
  long modified(String relative) throws IOException {
    try {
      return files.getFileStatus(path(relative)).getModificationTime();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  public void delete(String relative) throws IOException {
    Path file = path(relative);
    if (!Storage.writing(files, file, () -> files.delete(file, false)) && files.exists(file)) {
      throw new IOException("removing " + file + " failed");
    }
  }

  /** For messages, and for who opens it by itself. */
  String uri(String relative) {
    return path(relative).toString();
  }

  /** Whether Spark's readers would read a file of this name. */
  static boolean visible(String name) {
    return !name.startsWith(".") && !name.startsWith("_") && !name.endsWith("._COPYING_");
  }

  /** All that a folder holds. */
  FileStatus[] statuses(String folder) throws IOException {
    return files.listStatus(path(folder));
  }

  /** Names of the visible files of a folder, unsorted; none where it is not there. */
  Set<String> names(String folder) throws IOException {
    Set<String> names = new HashSet<>();
    if (local) {
      // One look at the folder, where Hadoop looks at every file.
      try (DirectoryStream<java.nio.file.Path> found =
          Files.newDirectoryStream(nio(path(folder)))) {
        found.forEach(file -> names.add(file.getFileName().toString()));
      } catch (NoSuchFileException e) {
        return names;
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    } else {
      list(folder).forEach(entry -> names.add(entry.name()));
    }
    names.removeIf(name -> !visible(name) || !name.endsWith(FileName.SUFFIX));
    return names;
  }

  /** A visible file: what Spark's readers would read. */
  public record Entry(String name, long bytes) {}

  /** The visible files of a folder by name; none where it is not there. */
  public List<Entry> list(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(path(folder))) {
        String name = status.getPath().getName();
        if (status.isFile() && visible(name)) {
          entries.add(new Entry(name, status.getLen()));
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /** The folders within a folder, by name; none where it is not there. */
  List<String> folders(String folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(path(folder)))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Removes a folder with all that it holds. */
  void deleteFolder(String relative) throws IOException {
    Path folder = path(relative);
    if (!Storage.writing(files, folder, () -> files.delete(folder, true)) && files.exists(folder)) {
      throw new IOException("removing " + folder + " failed");
    }
  }

  /** The content of a file that was there when it was listed. */
  byte[] content(String relative) throws IOException {
    byte[] content = read(relative);
    if (content == null) {
      throw new FileNotFoundException(path(relative) + " is not there");
    }
    return content;
  }

  /** A file for Parquet's reader. */
  InputFile input(String relative) throws IOException {
    return new ParquetBytes(path(relative).toString(), content(relative));
  }

  /** A file's name as people type it. */
  String name(String relative) {
    return ResultsDir.shown(path(relative));
  }

  private Path path(String relative) {
    return new Path(root, relative);
  }

  private Path writeHidden(Path target, byte[] content, boolean forced) throws IOException {
    files.mkdirs(parent(target));
    Path hidden = new Path(parent(target), HIDDEN + UUID.randomUUID());
    try (FSDataOutputStream out = files.create(hidden, true)) {
      out.write(content);
      if (forced) {
        out.hsync();
      }
    } catch (IOException | FSError e) {
      files.delete(hidden, false);
      throw e;
    }
    return hidden;
  }

  /** On a local disk the rename itself must be forced too, or a power cut may undo it. */
  private void syncFolder(Path target) throws IOException {
    if (local) {
      try (var folder = java.nio.channels.FileChannel.open(nio(parent(target)))) {
        folder.force(true);
      }
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file must be in a folder, but got " + path);
    }
    return parent;
  }

  private static java.nio.file.Path nio(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
