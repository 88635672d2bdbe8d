package dev.sieve.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Study files and command lines with whatever mistakes chance makes. */
final class ConfigurationInputs {
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1e999",
          "-0.0",
          "NaN",
          "Infinity",
          "1e-400",
          "2147483647",
          "2147483648",
          "9223372036854775808",
          "1e9",
          "0x10",
          "1_000",
          "\"\"",
          "''",
          "null",
          "{}",
          "[]",
          "[[]]",
          "[null]",
          "[1,2]",
          "[2,1]",
          "[1,1]",
          "[1e-5,1e-1]",
          "[0,400]",
          "[a,b]",
          "{a=1}",
          "true",
          "${x}",
          "${?x}",
          "${training}",
          "${coarse.space}",
          "${?PATH}",
          "~",
          "~/x",
          "~x",
          "$HOME",
          "auto",
          "grid",
          "tpe",
          "sobol",
          "random-grid",
          "halving",
          "asha",
          "cyclical",
          "adam",
          "30min",
          "53 %",
          "0,001",
          "ü€\uD83D\uDE00",
          "\"\\u0000\"",
          "\"a\\nb\"",
          "a b",
          "test",
          "[\"eta <= 0/0\"]",
          "[\"lambda <\"]",
          "[\"((((lambda\"]",
          "[{lambda=1}]",
          "[{}]",
          "\"\"\"x",
          "include \"x\"",
          "//x",
          "#x",
          "=",
          ":",
          "[50,50]",
          "[2147483647]");
  private static final String LETTERS = "{}[]()=:,.\"'\\$#/+-*<>!?&^ \t\n\u0000\uFEFFaeE01é";

  private final List<String> files = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  /** What a user gives: a file's text and the words after it. */
  record Input(String text, List<String> words) {}

  ConfigurationInputs() throws IOException {
    try (Stream<Path> conf = Files.walk(Path.of("conf"))) {
      for (Path file : conf.filter(f -> f.toString().endsWith(".conf")).sorted().toList()) {
        String text = Files.readString(file, UTF_8);
        if (text.contains("{") && !text.contains("include")) {
          files.add(text);
        }
      }
    }
    files.add(Files.readString(Path.of("src/test/resources/mistakes/good.conf"), UTF_8));
    String reference = "src/main/resources/dev/sieve/config/hocon/reference.conf";
    files.add(Files.readString(Path.of(reference), UTF_8).replace("path = ${?SIEVE_CIFAR10}", ""));
    for (String line : Files.readAllLines(Path.of("src/site/markdown/configuration.md"), UTF_8)) {
      if (line.startsWith("| `") && line.indexOf('`', 3) > 3) {
        paths.add(line.substring(3, line.indexOf('`', 3)));
      }
    }
    paths.addAll(List.of("coarse.space.lambda", "fine.space", "coarse", "final.values.eta"));
  }

  Input of(SplittableRandom random) {
    StringBuilder text = new StringBuilder(one(files, random));
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      mutate(text, random);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      StringBuilder word = new StringBuilder(one(paths, random) + "=" + one(VALUES, random));
      if (random.nextInt(4) == 0) {
        mutate(word, random);
      }
      words.add(word.toString());
    }
    return new Input(text.toString(), words);
  }

  private void mutate(StringBuilder text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(30));
    switch (random.nextInt(9)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      case 2 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
      case 3 ->
          text.insert(
              at,
              String.valueOf(one(List.of("[", "{", "a.", "\""), random))
                  .repeat(1 + random.nextInt(3_000)));
      case 4 -> text.setLength(at);
      case 5 -> text.append('\n').append(one(files, random));
      case 6 ->
          text.insert(lineAt(text, at), one(paths, random) + " = " + one(VALUES, random) + "\n");
      case 7 -> {
        int equals = text.indexOf("=", at);
        int line = equals < 0 ? -1 : text.indexOf("\n", equals);
        if (line >= 0) {
          text.replace(equals + 1, line, " " + one(VALUES, random));
        }
      }
      default -> {
        if (at < end) {
          text.replace(at, end, new StringBuilder(text.substring(at, end)).reverse().toString());
        }
      }
    }
  }

  private static int lineAt(StringBuilder text, int at) {
    return text.lastIndexOf("\n", at) + 1;
  }

  private static String one(List<String> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }
}
