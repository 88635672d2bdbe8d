package dev.sieve.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.Locales;
import dev.sieve.random.Seed;
import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study;
import dev.sieve.trial.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of the machine's locale enters a plan. */
class LocalesTest {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?:\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'\\\\?.'|[^;{}\"']++)++", Pattern.DOTALL);
  private static final Pattern LITERAL =
      Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);

  /** Conversions that take a locale's digits or signs. */
  private static final Pattern LOCALISED =
      Pattern.compile(
          "(?<!%)(?:%%)*%(?:\\d+\\$|<)?[-#+0,( ]*\\d*(?:\\.\\d+)?[dfeEgGaA](?![0-9A-F])");

  @Test
  void theSamePlanAndTheSameDrawsEverywhere() throws Exception {
    List<String> expected = Locales.under("en-US", LocalesTest::study);
    assertThat(expected).hasSizeGreaterThan(20);
    for (String tag : Locales.TAGS) {
      assertThat(Locales.under(tag, LocalesTest::study)).as(tag).isEqualTo(expected);
    }
  }

  @Test
  void aSeedIsTheGoldenOneEverywhere() throws Exception {
    for (String tag : Locales.TAGS) {
      // sieve-1|-7|order|3|-|12
      assertThat(Locales.under(tag, () -> Seed.of(-7, "order").replicate(3).epoch(12).value()))
          .as(tag)
          .isEqualTo(-3791950600618840140L);
    }
  }

  @Test
  void theseLocalesDoWriteOtherwise() throws Exception {
    assertThat(
            Locales.under(Locales.TAGS.get(0), () -> String.format(Locale.getDefault(), "%d", 1)))
        .isEqualTo("\u0661");
    assertThat(Locales.under("th-TH-u-nu-thai", () -> String.format(Locale.getDefault(), "%d", 1)))
        .isEqualTo("\u0e51");
  }

  /** Error Prone sees constant formats; this sees also those that are chosen or put together. */
  @Test
  void everyFormatOfNumbersNamesItsLocale() throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source =
            Files.readString(file, StandardCharsets.UTF_8)
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("(?m)^\\s*//.*$", "");
        Matcher statements = STATEMENT.matcher(source);
        while (statements.find()) {
          Matcher literals = LITERAL.matcher(statements.group());
          while (!statements.group().contains("Locale.ROOT") && literals.find()) {
            if (LOCALISED.matcher(literals.group()).find()) {
              found.add(file.getFileName() + ": " + literals.group());
            }
          }
        }
      }
    }
    // What Estimate passes on to String.format(Locale.ROOT, …); and a share of images in a text.
    found.removeIf(text -> text.startsWith("Estimate.java") || text.contains("100 % "));
    assertThat(found).isEmpty();
  }

  private static List<String> study() throws InterruptedException {
    Studies studies = Studies.small();
    MemoryTrialStore store = new MemoryTrialStore();
    Study study =
        new Study(
            studies.definition(),
            store,
            new ScriptedExecutor(1, 2, t -> ScriptedExecutor.done(ScriptedExecutor.accuracy(t))),
            new Heard());
    for (Phase phase : Phase.values()) {
      study.run(phase);
    }
    List<String> lines = new ArrayList<>();
    store.table().forEach((key, row) -> lines.add(key + " " + row));
    store.history().phases().forEach(phase -> lines.add(phase.toString()));
    return lines;
  }
}
