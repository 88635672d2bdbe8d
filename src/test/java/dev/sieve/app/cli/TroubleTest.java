package dev.sieve.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.error.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.junit.jupiter.api.Test;

class TroubleTest {
  @Test
  void whatAUserCanMendIsFoundAmongTheCauses() {
    assertThat(Trouble.of(new ExecutionException(new UserException("rule, value, remedy"))))
        .isEqualTo("rule, value, remedy");
    assertThat(Trouble.of(new UncheckedIOException(new IOException("No space left on device"))))
        .contains("one failed (IOException: No space left on device)")
        .contains("the same command again");
    assertThat(Trouble.of(new IllegalStateException(new FileNotFoundException("/x"))))
        .contains("FileNotFoundException: /x");
    assertThat(Trouble.of(new UnsupportedFileSystemException("No FileSystem for scheme \"s3\"")))
        .contains("No FileSystem for scheme \"s3\"")
        .contains("--packages");
    assertThat(Trouble.of(new RuntimeException(new OutOfMemoryError("Java heap space"))))
        .contains("Java heap space")
        .contains("--driver-memory");
    assertThat(Trouble.of(new InvalidPathException("d\u00e4ta", "unmappable")))
        .contains("d\u00e4ta")
        .contains("LC_ALL=C.UTF-8");
  }

  @Test
  void whatIsLeftIsAFaultOfSieve() {
    assertThat(Trouble.of(new IllegalStateException("a row must hold"))).isNull();
    assertThat(Trouble.of(new AssertionError("no default"))).isNull();
    RuntimeException circle = new RuntimeException("a");
    circle.initCause(new RuntimeException("b", circle));
    assertThat(Trouble.of(circle)).isNull();
  }
}
