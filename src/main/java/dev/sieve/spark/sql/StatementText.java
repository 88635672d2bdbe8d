package dev.sieve.spark.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/** A statement's words, told apart as Spark does. */
final class StatementText {
  /** What a statement that begins as a query does, WITH or FROM, may go on to do. */
  private static final Set<String> WRITES = Set.of("INSERT", "DELETE", "UPDATE", "MERGE");

  private StatementText() {}

  /**
   * The text without the semicolons at its end, which a shell of SQL wants; comments may follow.
   */
  static String withoutEnd(String sql) {
    List<? extends Token> tokens = tokens(sql);
    int last = tokens.size() - 1;
    while (last >= 0 && tokens.get(last).getType() == SqlBaseLexer.SEMICOLON) {
      last--;
    }
    if (last < 0 || last == tokens.size() - 1) {
      return sql;
    }
    // Places are counted in code points.
    return sql.substring(0, sql.offsetByCodePoints(0, tokens.get(last).getStopIndex() + 1));
  }

  /** The word that says what a statement does, in capitals. */
  static String verb(String sql) {
    List<String> words = words(sql);
    return words.stream()
        .filter(WRITES::contains)
        .findFirst()
        .orElse(words.isEmpty() ? "" : words.get(0));
  }

  /** In capitals. */
  static List<String> words(String sql) {
    return tokens(sql).stream().map(token -> token.getText().toUpperCase(Locale.ROOT)).toList();
  }

  private static List<? extends Token> tokens(String sql) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
    lexer.removeErrorListeners();
    return lexer.getAllTokens().stream()
        .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
        .toList();
  }
}
