package dev.sieve.search.space;

import dev.sieve.search.space.Arithmetic.Coordinate;
import dev.sieve.search.space.Arithmetic.Literal;
import dev.sieve.search.space.Arithmetic.Logarithm;
import dev.sieve.search.space.Arithmetic.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a {@link Constraint}, by recursive descent. */
final class ConstraintParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[A-Za-z]\\w*|'[^']*'|<=|>=|==|!=|[-+*/()<>])\\s*");
  private static final int DEEPEST = 100;
  private static final int LONGEST = 2_000;
  private static final List<String> COMPARISONS = List.of("<=", "<", ">=", ">", "==", "!=");

  private final String text;
  private final Map<String, String> axes;
  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;
  private boolean named;

  ConstraintParser(String text, Map<String, String> axes) {
    this.text = text;
    this.axes = axes;
    if (text.length() > LONGEST) {
      throw wrong("there are more than %s characters".formatted(LONGEST));
    }
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end < text.length()) {
      throw wrong("'" + text.substring(end) + "' cannot be read");
    }
  }

  Constraint parse() {
    Arithmetic left = sum();
    String operator = take();
    if (!COMPARISONS.contains(operator)) {
      throw wrong("got '%s' where one of %s is due".formatted(operator, COMPARISONS));
    }
    Arithmetic right = sum();
    if (next < tokens.size()) {
      throw wrong("'%s' is left over".formatted(tokens.get(next)));
    }
    if (!named) {
      throw wrong("there is no axis");
    }
    return new Constraint(text, left, operator, right);
  }

  private Arithmetic sum() {
    Arithmetic sum = product();
    while (at("+") || at("-")) {
      char operator = take().charAt(0);
      sum = finite(new Operation(sum, operator, product()));
    }
    return sum;
  }

  private Arithmetic product() {
    Arithmetic product = factor();
    while (at("*") || at("/")) {
      char operator = take().charAt(0);
      product = finite(new Operation(product, operator, factor()));
    }
    return product;
  }

  private Arithmetic factor() {
    String token = take();
    if (++depth > DEEPEST) {
      throw wrong("brackets and signs stand too deep within each other");
    }
    Arithmetic factor = factor(token);
    depth--;
    return factor;
  }

  private Arithmetic factor(String token) {
    if (token.equals("-")) {
      return new Operation(new Literal(0), '-', factor());
    }
    if (token.equals("(")) {
      return closed(sum());
    }
    if (token.equals("log10") && at("(")) {
      next++;
      return finite(new Logarithm(closed(sum())));
    }
    char first = token.charAt(0);
    if (Character.isDigit(first) || first == '.') {
      return new Literal(Double.parseDouble(token));
    }
    String path = axes.get(first == '\'' ? token.substring(1, token.length() - 1) : token);
    if (path == null) {
      throw wrong(
          "'%s' is no numeric axis of the space; these are %s"
              .formatted(token, new TreeSet<>(axes.keySet())));
    }
    named = true;
    return new Coordinate(path);
  }

  /** Refuses what is no number whatever the axes are, such as 0/0: nothing compares with it. */
  private Arithmetic finite(Arithmetic part) {
    Double constant = part.value(Map.of());
    if (constant != null && !Double.isFinite(constant)) {
      throw wrong("a part without axes is " + constant);
    }
    return part;
  }

  private Arithmetic closed(Arithmetic inner) {
    String token = take();
    if (!token.equals(")")) {
      throw wrong("got '%s' where ) is due".formatted(token));
    }
    return inner;
  }

  private boolean at(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private String take() {
    if (next == tokens.size()) {
      throw wrong("it ends too early");
    }
    return tokens.get(next++);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "a constraint must compare numbers and axes, such as eta <= 100 * lambda, but in '%s' %s"
            .formatted(text.length() > 200 ? text.substring(0, 200) + "…" : text, what));
  }
}
