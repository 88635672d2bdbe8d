package dev.sieve.data.folder;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PNG and JPEG files as something else than they were written. */
final class ImageFuzzIT {
  @TempDir private Path scratch;

  private static byte[] file(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, 0x030507 * i);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  @Test
  void files() throws IOException {
    List<byte[]> good = List.of(file("png"), file("jpeg"));
    Path file = scratch.resolve("image");
    new Fuzz(FuzzKind.IMAGE_FILE, List.of())
        .run(
            random -> Mutations.bytes(good.get(random.nextInt(2)), random),
            input -> {
              Files.write(file, input);
              ImageFile.read(file).scale(8, 8, new byte[192], 0);
            });
  }
}
