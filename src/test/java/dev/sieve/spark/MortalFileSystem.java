package dev.sieve.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * Local files as one process sees them until it is killed: {@code mortal://LIFE/path} are the files
 * of {@code /path}, and from a chosen change on nothing of that life gets through any more, neither
 * from its driver nor from its tasks. A write in which it dies leaves half of its bytes.
 */
public final class MortalFileSystem extends RawLocalFileSystem {
  private static final Map<String, Life> LIVES = new ConcurrentHashMap<>();

  /** A process as the disk knows it. */
  public static final class Life {
    private final String name;
    private int left;
    private int changes;
    private boolean dead;
    private final List<String> read = new ArrayList<>();

    private Life(String name, int left) {
      this.name = name;
      this.left = left;
    }

    /** What {@code results.dir} is for this life. */
    public String uri(java.nio.file.Path folder) {
      return "mortal://" + name + folder.toAbsolutePath();
    }

    public synchronized boolean dead() {
      return dead;
    }

    /** Paths of the files that were opened to be read, in order. */
    public synchronized List<String> read() {
      return List.copyOf(read);
    }

    private synchronized void opened(Path file) throws IOException {
      requireAlive();
      read.add(file.toUri().getPath());
    }

    /** How many changes got through. */
    public synchronized int changes() {
      return changes;
    }

    /** Whether the change that is about to be made is the one in which it dies. */
    private synchronized boolean lastChange() throws IOException {
      requireAlive();
      if (left-- > 0) {
        changes++;
        return false;
      }
      dead = true;
      return true;
    }

    private synchronized void requireAlive() throws IOException {
      if (dead) {
        throw new IOException("killed");
      }
    }

    private void change() throws IOException {
      if (lastChange()) {
        throw new IOException("killed");
      }
    }
  }

  /** A life that ends with the change after so many. */
  public static Life life(int changes) {
    Life life = new Life("life" + LIVES.size(), changes);
    LIVES.put(life.name, life);
    return life;
  }

  /** Settings, for Spark with the prefix {@code spark.hadoop.}, that make the scheme known. */
  public static Map<String, String> settings() {
    return Map.of(
        "fs.mortal.impl",
        MortalFileSystem.class.getName(),
        "fs.AbstractFileSystem.mortal.impl",
        Context.class.getName());
  }

  private @Nullable URI uri;
  private Life life = new Life("none", 0);

  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    uri = URI.create("mortal://" + name.getAuthority() + "/");
    Life known = LIVES.get(name.getAuthority());
    if (known == null) {
      throw new IOException("no life of that name: " + name);
    }
    life = known;
    super.initialize(name, settings);
  }

  @Override
  public URI getUri() {
    URI own = uri; // the superclass asks before there is one
    return own == null ? super.getUri() : own;
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    life.opened(file);
    return super.open(file, buffer);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    life.requireAlive();
    return super.listStatus(folder);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    life.requireAlive();
    return super.getFileStatus(file);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    life.change();
    return mortal(super.create(file, permission, overwrite, buffer, replication, block, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    life.change();
    return mortal(super.create(file, overwrite, buffer, replication, block, progress));
  }

  private FSDataOutputStream mortal(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            if (life.lastChange()) {
              out.write(bytes, from, length / 2);
              out.close();
              throw new IOException("killed");
            }
            out.write(bytes, from, length);
          }

          @Override
          public void close() throws IOException {
            out.close();
          }
        },
        null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    life.change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    life.change();
    return super.delete(file, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    life.requireAlive();
    if (pathToFile(folder).isDirectory()) {
      return true;
    }
    life.change();
    return super.mkdirs(folder);
  }

  /** For Hadoop's {@code FileContext}: a rename in one step, as on HDFS. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI name, Configuration settings) throws Exception {
      super(name, FileSystem.get(name, settings), settings, "mortal", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to) throws IOException {
      MortalFileSystem files = (MortalFileSystem) fsImpl;
      files.life.change();
      Files.move(
          files.pathToFile(from).toPath(),
          files.pathToFile(to).toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      renameInternal(from, to);
    }
  }
}
