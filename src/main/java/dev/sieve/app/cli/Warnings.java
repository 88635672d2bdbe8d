package dev.sieve.app.cli;

import dev.sieve.app.text.Submit;
import dev.sieve.spark.store.LeftOut;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Names on the error output what an answer is without, while a command reads the results. */
public final class Warnings implements AutoCloseable {
  private final PrintWriter err;
  private final @Nullable String study;
  private final LeftOut.Listening listening;
  private volatile boolean without;

  private Warnings(PrintWriter err, @Nullable String study) {
    this.err = err;
    this.study = study;
    this.listening = LeftOut.to(this::print);
  }

  /**
   * From here on.
   *
   * @param study whose rows alone are asked for; null for all
   */
  public static Warnings of(PrintWriter err, @Nullable String study) {
    return new Warnings(err, study);
  }

  private void print(LeftOut file) {
    say(file.text(), file.rows() && (study == null || study.equals(file.study())));
  }

  /**
   * One line.
   *
   * @param lacking whether the answer lacks something
   */
  public void say(String text, boolean lacking) {
    without |= lacking;
    err.println("sieve: " + Submit.placed(text));
    err.flush();
  }

  /** What a command ends with that gave an answer. */
  public int status() {
    return without ? ExitStatus.DAMAGED_FILES : ExitStatus.DONE;
  }

  @Override
  public void close() {
    listening.close();
  }
}
