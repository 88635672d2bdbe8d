package dev.sieve.data.cifar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sieve.random.Draws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Small files in CIFAR-10's layout, {@value #IMAGES} images each. */
public final class CifarFiles {
  public static final int IMAGES = 7;

  /** CIFAR-10 with so few images. */
  public static final CifarVersion SMALL = CifarVersion.CIFAR_10.small(IMAGES, IMAGES);

  private CifarFiles() {}

  /** File names with contents: the six binary files and the class names. */
  public static Map<String, byte[]> contents() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        Cifar10.META_FILE, (String.join("\n", Cifar10.CLASS_NAMES) + "\n\n").getBytes(US_ASCII));
    // The archive as published has its batches in such an order, too.
    for (int batch : new int[] {4, 5, 2, 1, 3}) {
      files.put("data_batch_" + batch + ".bin", batch(batch));
    }
    files.put(Cifar10.TEST_FILE, batch(6));
    return files;
  }

  /** Label and first pixel of image i are (batch + i) mod 10 and 100 + batch. */
  static byte[] batch(int batch) {
    byte[] records = new byte[IMAGES * CifarVersion.CIFAR_10.record()];
    Draws draws = new Draws(batch);
    for (int i = 0; i < records.length; i++) {
      records[i] = (byte) draws.nextLong();
    }
    for (int i = 0; i < IMAGES; i++) {
      records[i * CifarVersion.CIFAR_10.record()] = (byte) ((batch + i) % 10);
      records[i * CifarVersion.CIFAR_10.record() + 1] = (byte) (100 + batch);
    }
    return records;
  }

  public static Path folder(Path folder, Map<String, byte[]> files) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path archive(Path file, Map<String, byte[]> files) {
    return archive(file, Cifar10.FOLDER, files);
  }

  public static Path archive(Path file, String folder, Map<String, byte[]> files) {
    try {
      return Files.write(file, gzip(tar(folder, files)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** With a pax header before the first file, which readers must skip. */
  public static byte[] tar(String folder, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entry(out, folder + "/", '5', new byte[0]);
    entry(out, "PaxHeader", 'x', "20 mtime=1.23456789\n".getBytes(US_ASCII));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      entry(out, folder + "/" + file.getKey(), '0', file.getValue());
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static void entry(ByteArrayOutputStream out, String path, char type, byte[] content)
      throws IOException {
    byte[] header = new byte[512];
    put(header, 0, path);
    put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
    put(header, 148, " ".repeat(8));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    int sum = 0;
    for (byte b : header) {
      sum += b;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.write(header);
    out.write(content);
    out.write(new byte[(512 - content.length % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
