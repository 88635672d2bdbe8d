package dev.sieve.app.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command, which prints where its command line says. */
public abstract class CliCommand {
  @Spec private @Nullable CommandSpec spec;

  protected final CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("commands are made by picocli alone, which sets the field");
    }
    return spec.commandLine();
  }

  protected final PrintWriter out() {
    return line().getOut();
  }

  protected final PrintWriter err() {
    return line().getErr();
  }
}
