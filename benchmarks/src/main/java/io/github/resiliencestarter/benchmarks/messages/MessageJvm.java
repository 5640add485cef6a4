package io.github.resiliencestarter.benchmarks.messages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other, so that no peer's code is compiled for another one's. */
final class MessageJvm {

    private MessageJvm() {}

    /** Takes the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        MessagePeer peer = MessagePeer.valueOf(arguments[1]);
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            Load load = Load.parse(argument);
            if (peer.needsWarmUp(load)) {
                new MessageRun(arguments[0], peer, load).measure();
            }
            System.out.println(
                    new MessageRun(arguments[0], peer, load).measure().line());
        }
        System.exit(0);
    }

    static List<Measured> measure(String bootstrapServers, MessagePeer peer, List<Load> loads)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xms1g",
                                        "-Xmx1g",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        MessageJvm.class.getName(),
                                        bootstrapServers,
                                        peer.name()),
                                loads.stream().map(Load::toString))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Measured> measured = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Measured.parse(line).ifPresent(measured::add);
                System.err.println(line);
            }
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0 || measured.size() != loads.size()) {
            throw new IOException(peer + " has ended with exit code " + process.exitValue() + " after "
                    + measured.size() + " of " + loads.size() + " loads");
        }
        return measured;
    }
}
