package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.source.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPathTest {
  private static final Map<String, String> HOME = Map.of("HOME", "/home/me");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "~, /home/me",
    "~/x y, /home/me/x y",
    "a/~/b, a/~/b",
    "~x, ~x",
    "/abs, /abs",
    "hdfs://h/~, hdfs://h/~"
  })
  void homeIsTheUsers(String written, String path) {
    assertThat(UserPath.expanded(written, HOME::get)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~bob/x", "$HOME/x", "${HOME}/x", "a\0b", " "})
  void whatOnlyAShellCouldReadIsRefused(String path) {
    assertThat(UserPath.problem(path, HOME::get)).isNotNull().contains("must be a path");
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\Users\\me, such as /mnt/c/Users/me",
    "\\\\host\\share, 'with slashes'",
    "http://b/y, 's3a:// and the like'",
    "HTTPS://b/y, 's3a:// and the like'",
  })
  void whatIsNoPlaceForFilesIsRefusedWithWhatToWrite(String path, String remedy) {
    assertThat(UserPath.problem(path, HOME::get)).isNotNull().contains(path).contains(remedy);
  }

  @Test
  void anEmptyVariableIsOneMistake() {
    StudyFile file = StudyFile.of(folder, "final.values {}");
    assertThatThrownBy(() -> Experiment.load(file.path(), List.of(), name -> ""))
        .hasMessage(
            "environment variable SIEVE_CIFAR10: data.path must be the path of a folder or an archive, but got ''");
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "~/x", "a~b", "a$b", "s3a://b/$x", "file:/x", "x y"})
  void whatIsAPathIsTaken(String path) {
    assertThat(UserPath.problem(path, HOME::get)).isNull();
  }

  @Test
  void aStudysPathsAreTheUsers() {
    StudyFile file =
        StudyFile.of(folder, "results.dir = ~/results, data.path = ~/cifar", "final.values {}");
    Experiment study = Experiment.load(file.path(), List.of(), HOME::get);
    assertThat(study.resultsDir()).isEqualTo("/home/me/results");
    assertThat(study.data())
        .isEqualTo(
            new DataSource(DataSource.Kind.NAMED, Path.of("/home/me/cifar"), file.path() + ":1"));
    assertThat(study.text()).contains("results.dir = \"~/results\"\n");
  }

  @Test
  void onlyTheDefaultPlaceMayBeEmpty() {
    StudyFile file = StudyFile.of(folder, "final.values {}");
    assertThat(file.load().data().kind()).isEqualTo(DataSource.Kind.AUTO);
    assertThat(file.load("data.path=data/cifar-10").data().kind()).isEqualTo(DataSource.Kind.AUTO);
    assertThat(file.load("data.path=./data").data().kind()).isEqualTo(DataSource.Kind.NAMED);
    Experiment environment = Experiment.load(file.path(), List.of(), name -> "/nope");
    assertThat(environment.data())
        .isEqualTo(
            new DataSource(
                DataSource.Kind.NAMED, Path.of("/nope"), "environment variable SIEVE_CIFAR10"));
    assertThat(file.load("data.path=/nope", "data.source=synthetic").data().kind())
        .isEqualTo(DataSource.Kind.SYNTHETIC);
  }
}
