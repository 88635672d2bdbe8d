package dev.sieve.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that explains the code names what there is. */
final class HowSieveWorksTest {
  private static final Path MAIN = Path.of("src/main/java/dev/sieve");
  private static final Pattern NAME = Pattern.compile("`((?:[a-z]+\\.)+)([A-Z]\\w+)");

  @Test
  void everyClassAndPackageIsThere() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/how-sieve-works.md"), UTF_8);
    List<Path> named = new ArrayList<>();
    Matcher names = NAME.matcher(page);
    while (names.find()) {
      named.add(MAIN.resolve(names.group(1).replace('.', '/') + names.group(2) + ".java"));
    }
    assertThat(named).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(file).exists());

    try (Stream<Path> packages = Files.list(MAIN)) {
      assertThat(packages)
          .allSatisfy(folder -> assertThat(page).contains("`" + folder.getFileName() + "`"));
    }
  }
}
