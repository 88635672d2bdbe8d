package dev.sieve.spark;

import dev.sieve.error.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
final class ResultFiles {
  private final Path root;
  private final Configuration hadoop;
  private final FileSystem files;
  private final boolean local;

  /**
   * @param dir absolute, with a scheme: see {@link #resolve}
   */
  ResultFiles(Configuration hadoop, String dir) throws IOException {
    this.root = new Path(dir);
    this.hadoop = hadoop;
    FileSystem found = root.getFileSystem(hadoop);
    this.local = found instanceof LocalFileSystem;
    this.files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
  }

  /** A folder without a scheme is local, and a relative one is the process's. */
  static String resolve(String dir) {
    if (dir.isBlank()) {
      throw new UserException(
          "results.dir must name a folder, but it is empty: set it, for example to data/results");
    }
    return dir.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")
        ? new Path(dir).toString()
        : "file:" + java.nio.file.Path.of(dir).toAbsolutePath().normalize();
  }

  void makeFolder(String relative) throws IOException {
    files.mkdirs(path(relative));
  }

  /** Writes a file once: one that is there already has the same content and stays. */
  void writeOnce(String relative, byte[] content) throws IOException {
    Path target = path(relative);
    if (files.exists(target)) {
      return;
    }
    Path hidden = writeHidden(target, content);
    if (!files.rename(hidden, target) && !files.exists(target)) {
      throw new IOException("renaming " + hidden + " to " + target + " failed");
    }
    syncFolder(target);
  }

  /** Writes a file in place of the one that may be there, in one step. */
  void replace(String relative, byte[] content) throws IOException {
    Path target = path(relative);
    Path hidden = writeHidden(target, content);
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
  }

  /**
   * Writes a file if none is there.
   *
   * @return whether this call made it
   */
  boolean create(String relative, byte[] content) throws IOException {
    Path target = path(relative);
    files.mkdirs(parent(target));
    if (local) {
      // Hadoop's local file system looks first and creates then, which two processes can both do.
      try {
        Files.write(nio(target), content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
    try (FSDataOutputStream out = files.create(target, false)) {
      out.write(content);
      out.hsync();
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
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
    Files.write(target, content, StandardOpenOption.WRITE);
    return true;
  }

  /** A file's content, or null where there is none. */
  byte @Nullable [] read(String relative) throws IOException {
    Path file = path(relative);
    if (local) {
      // Hadoop's local stream keeps statistics by thread and file, which takes as long again.
      try {
        return Files.readAllBytes(nio(file));
      } catch (NoSuchFileException e) {
        return null;
      }
    }
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  boolean exists(String relative) throws IOException {
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

  void delete(String relative) throws IOException {
    files.delete(path(relative), false);
  }

  /** A visible file: what Spark's readers would read. */
  record Entry(String name, long bytes) {}

  /** The visible files of a folder by name; none where it is not there. */
  List<Entry> list(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(path(folder))) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith(".") && !name.startsWith("_")) {
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
    files.delete(path(relative), true);
  }

  /** Removes a folder if it is empty. */
  void deleteIfEmpty(String relative) throws IOException {
    Path folder = path(relative);
    if (files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  /** A file for Parquet's reader. */
  InputFile input(String relative) throws IOException {
    byte[] content = read(relative);
    if (content == null) {
      throw new FileNotFoundException(path(relative) + " is not there");
    }
    return new FileBytes(path(relative).toString(), content);
  }

  /** A file's name as people type it. */
  String name(String relative) {
    Path file = path(relative);
    return local ? nio(file).toString() : file.toString();
  }

  private Path path(String relative) {
    return new Path(root, relative);
  }

  private Path writeHidden(Path target, byte[] content) throws IOException {
    files.mkdirs(parent(target));
    Path hidden = new Path(parent(target), ".tmp-" + UUID.randomUUID());
    try (FSDataOutputStream out = files.create(hidden, true)) {
      out.write(content);
      out.hsync();
    } catch (IOException | FSError e) {
      files.delete(hidden, false);
      throw e instanceof FSError ? new IOException(e.getMessage(), e) : (IOException) e;
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
