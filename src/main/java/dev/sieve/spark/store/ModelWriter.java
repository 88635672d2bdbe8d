package dev.sieve.spark.store;

import dev.sieve.data.DataSet;
import dev.sieve.data.InputColumns;
import dev.sieve.data.PreparedData;
import dev.sieve.data.PreparedDataCache;
import dev.sieve.model.WeightsFile;
import dev.sieve.network.Parameters;
import dev.sieve.trial.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A trained network as the bytes of its file. */
@FunctionalInterface
interface ModelWriter {
  byte[] write(Trial trial, Parameters parameters, DataSet data) throws IOException;

  /** {@code weights.npz} with the standardiser of the trial's own training set. */
  static byte[] weights(Trial trial, Parameters parameters, DataSet data) throws IOException {
    PreparedData prepared = PreparedDataCache.get(data, trial.settings().data(), trial.seed());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputColumns columns = prepared.columns();
    if (columns == null) {
      WeightsFile.write(bytes, parameters, prepared.standardiser());
    } else {
      WeightsFile.write(bytes, parameters, columns, data.classNames());
    }
    return bytes.toByteArray();
  }
}
