package io.github.resiliencestarter.test.server.child;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** Formats the storage if that has not been done yet, and becomes the broker: one JVM for both saves a second. */
public final class KafkaMain {

    private KafkaMain() {}

    /** Takes the configuration file and the id of the cluster. */
    public static void main(String[] arguments) throws IOException {
        format(arguments[0], arguments[1], System.out);
        Kafka.main(new String[] {arguments[0]});
    }

    /** Does nothing to a storage that has its format. */
    public static void format(String configuration, String clusterId, PrintStream output) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = new FileInputStream(configuration)) {
            properties.load(in);
        }
        if (Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
            return;
        }
        int exitCode = StorageTool.execute(new String[] {"format", "-t", clusterId, "-c", configuration}, output);
        if (exitCode != 0) {
            throw new IOException("the storage could not be formatted, exit code " + exitCode);
        }
    }
}
