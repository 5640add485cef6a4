package io.github.resiliencestarter.test.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link ReplayerApplication} that can be killed. */
final class ReplayerProcess implements AutoCloseable {

    private final Process process;

    private ReplayerProcess(Process process) {
        this.process = process;
    }

    static ReplayerProcess start(List<String> properties, File log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReplayerApplication.class.getName()));
        properties.forEach(property -> command.add("--" + property));
        return new ReplayerProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    /** As {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
