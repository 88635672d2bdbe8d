package dev.sieve.engine.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where some work allocates, for the message of a test that wants none of it. */
final class AllocationSites {
  /** Frames of a stack that are told. */
  private static final int FRAMES = 8;

  private AllocationSites() {}

  /** Classes and stacks, each with how often it was seen; a line each. */
  static String of(Runnable work) throws IOException {
    Path file = Files.createTempFile("allocation", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationInNewTLAB").withStackTrace();
      recording.enable("jdk.ObjectAllocationOutsideTLAB").withStackTrace();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
      Map<String, Integer> counts = new TreeMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        RecordedStackTrace stack = event.getStackTrace();
        RecordedClass type = event.getValue("objectClass");
        if (stack != null) {
          counts.merge(type.getName() + " at " + text(stack), 1, Integer::sum);
        }
      }
      return counts.entrySet().stream()
          .map(site -> site.getValue() + " x " + site.getKey())
          .collect(Collectors.joining("\n"));
    } finally {
      Files.delete(file);
    }
  }

  private static String text(RecordedStackTrace stack) {
    return stack.getFrames().stream()
        .limit(FRAMES)
        .map(AllocationSites::text)
        .collect(Collectors.joining(" < "));
  }

  private static String text(RecordedFrame frame) {
    return "%s.%s:%s (%s)"
        .formatted(
            frame.getMethod().getType().getName().replaceFirst(".*\\.", ""),
            frame.getMethod().getName(),
            frame.getLineNumber(),
            frame.getType());
  }
}
