package dev.sieve.app.cli;

import dev.sieve.config.hocon.DidYouMean;
import dev.sieve.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What a command line is told that is none: the one word that is wrong, and what to write. */
public final class WrongUse {
  private WrongUse() {}

  public static String message(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    if (e.getCause() instanceof UserException) {
      return String.valueOf(e.getCause().getMessage());
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
    boolean atTop = line.getParent() == null;
    if (!unknown.isEmpty() && !atTop) {
      return option(unknown, options, arguments);
    }
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched && atTop) {
      List<String> near = unmatched.getSuggestions();
      return "the first word must be a command, but got '%s'%s"
          .formatted(
              unmatched.getUnmatched().get(0),
              near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?");
    }
    if (e instanceof CommandLine.MissingParameterException
        && e.getMessage() != null
        && e.getMessage().contains("--config")) {
      return "a study's file must be named, but there is none; write -c FILE";
    }
    return String.valueOf(e.getMessage());
  }

  /** Whether a word is a one-letter option with its value, such as {@code -cfile}. */
  private static boolean isShort(String word, Set<String> options) {
    return !word.startsWith("--") && options.contains(word.substring(0, 2));
  }

  private static String option(String unknown, Set<String> options, String[] arguments) {
    String whole =
        Arrays.stream(arguments).filter(word -> word.startsWith(unknown)).findFirst().orElse("");
    if (unknown.contains(".") && whole.contains("=")) {
      return "an override must be path=value, without dashes, but got '%s'; write %s"
          .formatted(whole, whole.replaceFirst("^-+", ""));
    }
    List<String> nearest =
        DidYouMean.of(unknown, options.stream().filter(o -> o.startsWith("--")).sorted().toList());
    String near = nearest.isEmpty() ? "" : "; did you mean " + nearest.get(0) + "?";
    return "an option must be one of the command's, but got '%s'%s".formatted(unknown, near);
  }
}
