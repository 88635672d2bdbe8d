package dev.sieve.app.cli;

import dev.sieve.app.text.Submit;
import dev.sieve.error.DidYouMean;
import dev.sieve.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command line is told that is none: the one word that is wrong, and what to write. */
public final class WrongUse {
  /** What a statement begins with. */
  private static final String VERB =
      "(?i)select|with|from|table|values|show|describe|desc|explain|insert|create|drop|delete|update";

  private WrongUse() {}

  public static String message(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    if (e.getCause() instanceof UserException) {
      return String.valueOf(e.getCause().getMessage());
    }
    boolean atTop = line.getParent() == null;
    int verb = atTop || !line.getCommandName().equals("query") ? -1 : verb(arguments);
    if (verb >= 0) {
      return "a statement must be one word to the shell, but got it in %s; write it in double quotes, submit/query \"%s ...\""
          .formatted(arguments.length - verb, arguments[verb]);
    }
    // A word that is no option is missed as a path's or as another's value, too.
    Set<String> options = line.getCommandSpec().optionsMap().keySet();
    String unknown =
        Arrays.stream(arguments)
            .filter(word -> word.matches("--?[A-Za-z].*"))
            .map(word -> word.startsWith("--") ? word.replaceFirst("=.*", "") : word)
            .filter(word -> !options.contains(word) && !isShort(word, options))
            .findFirst()
            .orElse("");
    if (!unknown.isEmpty() && !atTop) {
      return option(unknown, options, arguments);
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return atTop ? command(unmatched) : tooMany(unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing, arguments);
    }
    return e.getArgSpec() == null || e.getValue() == null
        ? String.valueOf(e.getMessage())
        : value(e.getArgSpec(), e.getValue(), e);
  }

  /** Where a statement begins that the shell took apart; negative for none. */
  private static int verb(String[] arguments) {
    for (int i = 1; i < arguments.length - 1; i++) {
      if (arguments[i].matches(VERB)) {
        return i;
      }
    }
    return -1;
  }

  private static String command(UnmatchedArgumentException e) {
    List<String> near = e.getSuggestions();
    return "the first word must be a command, but got '%s'%s"
        .formatted(
            e.getUnmatched().get(0), near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?");
  }

  private static String tooMany(UnmatchedArgumentException e) {
    CommandLine line = e.getCommandLine();
    String words =
        line.getCommandSpec().positionalParameters().stream()
            .map(PositionalParamSpec::paramLabel)
            .collect(Collectors.joining(" "));
    return "%s takes %s beside its options, but got '%s' too; remove it"
        .formatted(
            line.getCommandName(), words.isEmpty() ? "no word" : words, e.getUnmatched().get(0));
  }

  private static String missing(MissingParameterException e, String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    ArgSpec first = e.getMissing().get(0);
    if (first instanceof OptionSpec option
        && Arrays.stream(option.names()).anyMatch(words::contains)) {
      return "%s must have a value, but there is none; write %s"
          .formatted(option.longestName(), typed(option));
    }
    if (first instanceof OptionSpec option && option.longestName().equals("--config")) {
      String file =
          words.stream()
              .skip(1)
              .filter(word -> word.indexOf('=') < 0)
              .filter(word -> word.endsWith(".conf") || Files.isRegularFile(Path.of(word)))
              .findFirst()
              .orElse("");
      return "a study's file must be named, but there is none; "
          + (file.isEmpty() ? "write -c FILE" : "did you mean -c " + Submit.quoted(file) + "?");
    }
    String all = e.getMissing().stream().map(WrongUse::typed).collect(Collectors.joining(" "));
    return "%s must have %s, but got none; write %1$s %2$s"
        .formatted(e.getCommandLine().getCommandName(), all);
  }

  /** An option or a word as one types it. */
  private static String typed(ArgSpec spec) {
    int count = Math.max(1, spec.arity().min());
    String values = (" " + spec.paramLabel()).repeat(count).strip();
    return spec instanceof OptionSpec option ? option.longestName() + " " + values : values;
  }

  private static String value(ArgSpec spec, String value, ParameterException e) {
    String name = spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    Class<?> type = spec.type();
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants())
              .map(each -> each.toString().toLowerCase(Locale.ROOT))
              .toList();
      List<String> near = DidYouMean.of(value, words);
      return "%s must be one of %s, but got '%s'%s"
          .formatted(
              name,
              String.join(", ", words),
              value,
              near.isEmpty() ? "; take one of these" : "; did you mean " + near.get(0) + "?");
    }
    boolean whole = List.of(int.class, Integer.class, long.class, Long.class).contains(type);
    boolean real = List.of(double.class, Double.class).contains(type);
    return whole || real
        ? "%s must be %s, but got '%s'; write %1$s %s"
            .formatted(name, whole ? "a whole number" : "a number", value, whole ? "10" : "0.1")
        : String.valueOf(e.getMessage());
  }

  /** Whether a word is a one-letter option with its value, such as {@code -cfile}. */
  private static boolean isShort(String word, Set<String> options) {
    return !word.startsWith("--") && options.contains(word.substring(0, 2));
  }

  private static String option(String unknown, Set<String> options, String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    String whole = words.stream().filter(word -> word.startsWith(unknown)).findFirst().orElse("");
    int next = words.indexOf(whole) + 1;
    // What HOCON takes as path=value may come in two words, and as a JVM's property.
    boolean inTwo =
        whole.indexOf('=') < 0
            && next < words.size()
            && words.get(next).indexOf('=') < 0
            && !words.get(next).startsWith("-");
    if (unknown.contains(".") && (whole.contains("=") || inTwo)) {
      String path = whole.replaceFirst("^(-D|-+)", "");
      return "an override must be path=value, without dashes, but got '%s'; write %s"
          .formatted(
              inTwo ? whole + " " + words.get(next) : whole,
              inTwo ? path + "=" + words.get(next) : path);
    }
    List<String> nearest =
        DidYouMean.of(unknown, options.stream().filter(o -> o.startsWith("--")).sorted().toList());
    String near = nearest.isEmpty() ? "" : "; did you mean " + nearest.get(0) + "?";
    return "an option must be one of the command's, but got '%s'%s".formatted(unknown, near);
  }
}
