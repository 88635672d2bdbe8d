package dev.sieve.engine.vector;

import dev.sieve.engine.Engine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Prints vector length and a hash over all numbers of some trained networks; for forked JVMs. */
final class BitsOfTraining {
  private BitsOfTraining() {}

  public static void main(String[] args) throws Exception {
    Engine engine = new VectorEngine();
    System.out.println(engine.provider() + " " + engine.vectorBits() + " " + digest(engine));
  }

  static String digest(Engine engine) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Shapes shape : Shapes.values()) {
      List<double[]> results = Runs.train(engine, Runs.group(shape, 5), shape.trial().data(), 12);
      for (double[] numbers : results) {
        for (double number : numbers) {
          digest.update(ByteBuffer.allocate(8).putDouble(number).flip());
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
