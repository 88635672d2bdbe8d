package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.text.LeaderboardChoice;
import dev.sieve.app.text.Submit;
import dev.sieve.app.text.Terminal;
import dev.sieve.app.text.TrialText;
import dev.sieve.config.RetrainFile;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description =
        "Shows one trial whole: configuration, curves, figures, where it ran, how to train it again.",
    mixinStandardHelpOptions = true)
final class ShowCommand extends CliCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "STUDY [PHASE] TRIAL",
      arity = "2..3",
      description =
          "The study, the phase (the last search phase if not named) and the trial's number, which is the column trial.")
  private List<String> words = List.of();

  @Option(
      names = "--level",
      paramLabel = "N",
      description = "Which fine level; the last if not named.")
  private @Nullable Integer level;

  @Option(
      names = "--file",
      description = "Print the study's file that trains this trial again, and nothing else.")
  private boolean file;

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    String last = words.get(words.size() - 1);
    if (!last.matches("\\d{1,9}")) {
      throw new UserException(
          "a trial is named by its number, such as 7, but got '%s': see submit/query --top 10"
              .formatted(last));
    }
    int number = Integer.parseInt(last);
    PrintWriter out = out();
    String folder = results.existing(List.of());
    try (Warnings warnings = Warnings.of(err(), words.get(0));
        SparkSession spark = SieveSession.reader("sieve show", folder)) {
      LeaderboardChoice.Board board =
          new LeaderboardChoice(new ReportReader(spark, folder))
              .choose(words.get(0), words.size() == 3 ? words.get(1) : null);
      if (level != null) {
        board = new LeaderboardChoice.Board(board.history(), board.phase(), level);
      }
      TrialText trial = new TrialText(spark, board, number);
      if (file) {
        out.print(reproduction(spark, board, trial, number));
      } else {
        trial.lines(Terminal.width()).forEach(out::println);
        commands(board, number).forEach(out::println);
      }
      out.flush();
      return warnings.status();
    }
  }

  private List<String> commands(LeaderboardChoice.Board board, int number) {
    String name = name(board, number) + ".conf";
    String levelWord = board.level() > 1 ? " --level " + board.level() : "";
    return List.of(
        "",
        "train it again, to the same bits on any machine:",
        "  %s show %s %s %s%s%s --file > %s"
            .formatted(
                Submit.script("sieve"),
                board.study(),
                board.phase().label(),
                number,
                levelWord,
                results.words(),
                name),
        "  " + Submit.script("final") + " -c " + name);
  }

  private static String name(LeaderboardChoice.Board board, int number) {
    String level = board.level() > 1 ? Integer.toString(board.level()) : "";
    return "%s-%s%s-%s".formatted(board.study(), board.phase().label(), level, number);
  }

  private static String reproduction(
      SparkSession spark, LeaderboardChoice.Board board, TrialText trial, int number) {
    List<Row> texts =
        Queries.rows(
            spark, "SELECT configuration_text FROM studies WHERE %s".formatted(board.condition()));
    Row row = trial.row();
    Map<String, String> settings =
        new TreeMap<>(row.<String, String>getJavaMap(row.fieldIndex("settings")));
    return RetrainFile.text(
        texts.isEmpty() ? "study.seed = " + row.<Long>getAs("seed") : texts.get(0).getString(0),
        settings,
        name(board, number),
        row.getAs("data_name"),
        row.<Integer>getAs("replicate"));
  }
}
