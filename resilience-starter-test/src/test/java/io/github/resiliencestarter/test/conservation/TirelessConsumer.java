package io.github.resiliencestarter.test.conservation;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Processes one number after the other, and keeps in a file, which outlives it, how far it has come. */
final class TirelessConsumer {

    private TirelessConsumer() {}

    public static void main(String[] arguments) throws IOException {
        ProcessedNumbers.begin();
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer last = file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            ProcessedNumbers.ready();
            for (long number = 1; ; number++) {
                ProcessedNumbers.add(number);
                last.putLong(0, number);
            }
        }
    }
}
