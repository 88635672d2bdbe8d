package dev.sieve.engine.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JVMs with shorter vectors, and one without any, train the same networks to the bit. */
class VectorLengthIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"64", "32", "16"})
  void shorterVectorsGiveTheSameBits(int bytes) throws Exception {
    String line = fork("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes).strip();

    String[] words = line.lines().reduce((first, last) -> last).orElseThrow().split(" ");
    assertThat(words[0]).isEqualTo("vector");
    // A machine may have shorter vectors than are asked for.
    assertThat(Integer.parseInt(words[1])).isBetween(128, 8 * bytes);
    assertThat(words[2]).isEqualTo(BitsOfTraining.digest(new VectorEngine()));
  }

  /** The JDK emulates vectors that the machine does not have. */
  @Test
  void longerVectorsGiveTheSameBits() throws Exception {
    String line = fork("--add-modules=jdk.incubator.vector", "-Dsieve.kernel.bits=512");

    assertThat(line).contains("vector 512 " + BitsOfTraining.digest(new VectorEngine()));
  }

  @Test
  void aJvmWhoseCollectorPutsArraysAnywhereSaysWhatHelps() throws Exception {
    String module = "--add-modules=jdk.incubator.vector";
    String asOnTwoCores = "-XX:+AlwaysActAsServerClassMachine";
    String digest = BitsOfTraining.digest(new VectorEngine());

    // What every JVM of ours is told may stand beside a collector that the user names.
    assertThat(fork(module, asOnTwoCores, "-XX:+UseParallelGC"))
        .contains(digest)
        .contains("The Parallel collector of this JVM")
        .containsOnlyOnce("-XX:+UseG1GC");
    assertThat(fork(module, asOnTwoCores, "-XX:ActiveProcessorCount=1"))
        .contains(digest)
        .doesNotContain("collector");
  }

  @Test
  void aJvmWithoutTheModuleGivesTheSameBitsAndSaysWhatIsMissing() throws Exception {
    String output = fork("-Xshare:auto");

    assertThat(output)
        .contains("scalar 0 " + BitsOfTraining.digest(new VectorEngine()))
        .containsOnlyOnce("--add-modules jdk.incubator.vector");
  }

  private String fork(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BitsOfTraining.class.getName());
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as("exit status").isZero();
    return Files.readString(output, UTF_8);
  }
}
