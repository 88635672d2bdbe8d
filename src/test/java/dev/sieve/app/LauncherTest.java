package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sieve.app.text.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in submit/ on other shells, paths and machines than ours. */
final class LauncherTest {
  @TempDir private Path scratch;
  private MadeUpHome home;
  private Path elsewhere;

  @BeforeEach
  void settle() throws IOException {
    home = new MadeUpHome(scratch);
    elsewhere = Files.createDirectories(scratch.resolve("else where"));
  }

  @AfterEach
  void leave() throws IOException {
    home.close();
  }

  private Launcher.Ended run(String words) throws IOException, InterruptedException {
    return home.run(elsewhere, words);
  }

  /** Everything got through: the words, the jar, the status. */
  private void started(Launcher.Ended ended, String command) {
    assertThat(ended.err())
        .contains("the JVM is ill\n")
        .contains("sieve: said past the filter\n")
        .doesNotContain("WARNING")
        .doesNotContain("submit");
    assertThat(ended.err().lines()).hasSize(2);
    assertThat(ended.out())
        .contains("<--class><dev.sieve.app.Sieve><%s><%s>".formatted(jar(), command));
    assertThat(ended.status()).isEqualTo(7);
  }

  private Path jar() {
    return home.folder.resolve("target/sieve.jar");
  }

  private void refused(Launcher.Ended ended, String... parts) {
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).startsWith("sieve: ").contains(parts);
    assertThat(ended.err().lines()).as(ended.err()).hasSize(1);
    assertThat(ended.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "coarse, coarse",
    "fine, fine",
    "final, final",
    "query, query",
    "report, report",
    "serve, serve",
    "gradcheck, gradcheck",
    "local, run",
    "reproduce, reproduce",
    "sieve, a word",
  })
  void aSymbolicLinkToAnyScript(String script, String command)
      throws IOException, InterruptedException {
    Path link = elsewhere.resolve("my link");
    Files.createSymbolicLink(link, home.folder.resolve("submit/" + script));
    Files.createSymbolicLink(elsewhere.resolve("another"), Path.of("my link"));
    started(run("./another 'a word'"), command);
  }

  @Test
  void aLinkToSparkSubmit() throws IOException, InterruptedException {
    Files.createSymbolicLink(elsewhere.resolve("s"), home.folder.resolve("submit/spark-submit"));
    Launcher.Ended ended = run("./s --class Mine mine.jar 'a  b' ''");
    assertThat(ended.out()).startsWith("<driver><--class><Mine><mine.jar><a  b><>\n");
    assertThat(ended.status()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh \"$HOME_SUBMIT/query\"",
        "/bin/sh \"$HOME_SUBMIT/sieve\" query",
        "bash \"$HOME_SUBMIT/query\"",
        "POSIXLY_CORRECT=1 sh \"$HOME_SUBMIT/query\"",
        "cd \"$HOME_SUBMIT\"; sh query",
        "cd \"$HOME_SUBMIT/..\"; export CDPATH=/:\"$PWD\":.; submit/query",
        "export CDPATH=..; '../a home, ö/submit/query'",
      })
  void anyShellAndFolder(String words) throws IOException, InterruptedException {
    started(run(words), "query");
  }

  @Test
  void aShellThatIsNoBash() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/usr/bin/dash")), "skipped: there is no dash");
    started(run("/usr/bin/dash \"$HOME_SUBMIT/query\""), "query");
    started(run("/usr/bin/dash \"$HOME_SUBMIT/sieve\" query"), "query");
  }

  @Test
  void noJava() throws IOException, InterruptedException {
    home.environment.put("JAVA_HOME", null);
    refused(run("\"$HOME_SUBMIT/query\""), "no java on the PATH", "JAVA_HOME", "JDK 17");
    home.environment.put("JAVA_HOME", "/no where");
    refused(run("\"$HOME_SUBMIT/query\""), "JAVA_HOME must", "/no where/bin/java", "JDK 17");
  }

  @ParameterizedTest
  @CsvSource({
    "1.8.0_392, 4.1.3, is Java 8",
    "11.0.2, 4.1.3, is Java 11",
    "25, 4.1.3, Spark 4.1.3 does not run on Java 24 or newer",
    "25.0.1, 4.0.4, Spark 4.0.4",
    "24-ea, 4.2.0-preview1, ",
    "25.0.1, 4.2.0, ",
    "21.0.1, 4.0.4, ",
  })
  void aJavaOfAnotherVersion(String java, String spark, String said)
      throws IOException, InterruptedException {
    home.spark(spark);
    Path jdk = home.java("another", java);
    home.environment.put("JAVA_HOME", jdk.toString());
    for (boolean inAFile : new boolean[] {false, true}) {
      if (inAFile) {
        // It is believed before the JVM is asked.
        home.java("another", "17.0.2");
        home.write("another/release", "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + java + "\"\n");
      }
      Launcher.Ended ended = run("\"$HOME_SUBMIT/query\"");
      if (said == null) {
        started(ended, "query");
      } else {
        refused(ended, said, jdk + "/bin/java", "set JAVA_HOME to a JDK 17");
      }
    }
  }

  @Test
  void anInstalledSpark() throws IOException, InterruptedException {
    Path installed = home.folder.resolve("installed");
    home.write("installed/jars/spark-core_2.13-4.1.3.jar", "");
    home.executable(
        "installed/bin/spark-submit", "#!/bin/bash\nexec \"$JAVA_HOME/bin/java\" driver \"$@\"\n");
    home.environment.put("SPARK_HOME", installed.toString());
    started(run("\"$HOME_SUBMIT/coarse\""), "coarse");
    home.environment.put("SPARK_HOME", null);
    home.environment.computeIfPresent("PATH", (name, path) -> path + ":" + installed + "/bin");
    started(run("\"$HOME_SUBMIT/coarse\""), "coarse");
    home.environment.put("JAVA_HOME", home.java("new", "25.0.1").toString());
    refused(run("\"$HOME_SUBMIT/coarse\""), "Spark 4.1.3", "Java 25");
  }

  @ParameterizedTest
  @CsvSource({"query, reading", "coarse, training"})
  void anArchiveOfClassesIsUsedUnlessItIsOld(String command, String kind)
      throws IOException, InterruptedException {
    String words = "\"$HOME_SUBMIT/" + command + "\"";
    Path archive = home.write("target/sieve-" + kind + ".jsa", "");
    String option = "-XX:SharedArchiveFile=" + archive;
    assertThat(run(words).out()).doesNotContain("Archive");
    home.environment.put("SIEVE_ARCHIVES", null);
    Launcher.Ended ended = run(words);
    started(ended, command);
    assertThat(ended.out()).contains("<" + option + ">");
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    home.executable("submit/archives", "#!/bin/bash\n");
    assertThat(run(words).out()).doesNotContain("Archive");
  }

  @Test
  void aMissingArchiveIsMadeOnceTheCommandHasEnded() throws IOException, InterruptedException {
    Path made = home.scratch.resolve("made");
    home.executable("submit/archives", "#!/bin/bash\nprintf x > '%s'\n".formatted(made));
    home.environment.put("SIEVE_ARCHIVES", null);
    started(run("\"$HOME_SUBMIT/coarse\""), "coarse");
    for (int i = 0; i < 500 && !Files.exists(made); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(made).exists();
  }

  @Test
  void plainCIsMadeUtf8AndAnyOtherLocaleKept() throws IOException, InterruptedException {
    home.environment.put("LANG", null);
    for (String plain : new String[] {null, "C", "POSIX"}) {
      home.environment.put("LC_ALL", plain);
      Launcher.Ended ended = run("\"$HOME_SUBMIT/query\"");
      started(ended, "query");
      assertThat(ended.out()).contains("\nLC_ALL=C.UTF-8\n");
    }
    home.environment.put("LANG", "C.UTF-8");
    home.environment.put("LC_ALL", null);
    assertThat(run("\"$HOME_SUBMIT/query\"").out()).contains("\nLC_ALL=\n");
  }

  @Test
  void theTerminalStaysOne() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "skipped: there is no script(1)");
    Launcher.Ended ended =
        run("/usr/bin/script -qec '\"$HOME_SUBMIT/coarse\"' /dev/null </dev/null");
    assertThat(ended.out())
        .contains("terminal 0", "terminal 1", "terminal 3")
        // What the JVM says at its very end may come later than script(1) closes the terminal.
        .doesNotContain("WARNING")
        .doesNotContain("\033");
    assertThat(ended.status()).isEqualTo(7);
  }

  @Test
  void whatIsPrintedForCopyingAndTheLog() throws IOException, InterruptedException {
    assertThat(run("\"$HOME_SUBMIT/query\"").out())
        .contains("\nlog=" + home.folder.resolve("target/sieve.log") + "\n")
        .contains("\nsubmit=" + home.folder.resolve("submit") + "\n");
    assertThat(home.run(home.folder, "SIEVE_LOG=/x/y submit/query").out())
        .contains("\nlog=/x/y\n")
        .contains("\nsubmit=submit\n");
    assertThat(Submit.script("/a home/submit", "sieve")).isEqualTo("'/a home/submit/sieve'");
    assertThat(Submit.script("submit", "query")).isEqualTo("submit/query");
    assertThat(Submit.script(null, "query")).isEqualTo("submit/query");
  }

  @Test
  void aWordForAnotherProgramIsToldBeforeAnythingIsRun() throws IOException, InterruptedException {
    refused(
        run("\"$HOME_SUBMIT/sieve\" preview --conf my.conf"),
        "--conf is spark-submit's and takes key=value, but got 'my.conf'; for a study's file write -c my.conf");
    started(run("\"$HOME_SUBMIT/sieve\" --conf spark.x=1 coarse"), "coarse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Da=\"x", "-Da='x y", "\"a\" -Db=\"", "-Da=\\\"x\""})
  void quotesThatAreNotClosed(String options) throws IOException, InterruptedException {
    home.environment.put("SPARK_SUBMIT_OPTS", options);
    refused(run("\"$HOME_SUBMIT/query\""), "quotes in SPARK_SUBMIT_OPTS must be closed", options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Da=\"x y\"", "-Da='x \"y'", "-Da=\\\"x", "-Da=it\\'s", ""})
  void quotesThatAreClosed(String options) throws IOException, InterruptedException {
    home.environment.put("SPARK_SUBMIT_OPTS", options);
    started(run("\"$HOME_SUBMIT/query\""), "query");
  }

  @Test
  void aSparkThatIsNone() throws IOException, InterruptedException {
    home.environment.put("SPARK_HOME", "/nope");
    refused(
        run("\"$HOME_SUBMIT/query\""), "SPARK_HOME must be the folder of a Spark, but is /nope");
  }

  @Test
  void aJavaThatPrintsNothing() throws IOException, InterruptedException {
    Path jdk = home.executable("mute/bin/java", "#!/bin/bash\n").resolve("../..").normalize();
    home.write("mute/release", "JAVA_VERSION=\"17.0.2\"\n");
    home.environment.put("JAVA_HOME", jdk.toString());
    refused(
        run("\"$HOME_SUBMIT/query\""), "Java must run, but " + jdk + "/bin/java prints nothing");
  }

  @Test
  void whatIsNotBuiltAndCannotBe() throws IOException, InterruptedException {
    Files.delete(jar());
    refused(run("\"$HOME_SUBMIT/query\""), jar().toString(), "mvn -DskipTests package");
    home.write("pom.xml", "<project/>");
    Files.createDirectories(home.folder.resolve("src/main"));
    refused(run("\"$HOME_SUBMIT/query\""), jar().toString(), "install Maven 3.8");
    Path maven =
        home.executable("tools/mvn", "#!/bin/bash\nprintf 'no plugin\\033[0m\\n'; exit 1\n")
            .resolveSibling("");
    home.environment.computeIfPresent("PATH", (name, path) -> path + ":" + maven);
    Launcher.Ended ended = run("\"$HOME_SUBMIT/query\"");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "sieve: building %s, which takes about a minute, and longer where Maven has to download first\nno plugin\nsieve: the build failed, as Maven says above\n"
                .formatted(jar()));
    home.environment.put("JAVA_HOME", "/nowhere");
    refused(run("\"$HOME_SUBMIT/query\""), "JAVA_HOME must");
  }
}
