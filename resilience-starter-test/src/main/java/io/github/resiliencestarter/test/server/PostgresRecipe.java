package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL as a process. */
record PostgresRecipe(Path programs, Unprivileged user, InetSocketAddress address) implements Recipe {

    private static final int VERSION = 3 << 16;
    private static final byte[] NAMES = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GREETING = ByteBuffer.allocate(8 + NAMES.length)
            .putInt(8 + NAMES.length)
            .putInt(VERSION)
            .put(NAMES)
            .array();

    @Override
    public void prepare(Path directory, int clientPort) throws IOException {
        Path data = Files.createDirectory(data(directory));
        user.owns(data);
        Executables.output(user.command(
                programs.resolve("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                PostgresServer.USERNAME,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync"));
    }

    @Override
    public Launch launch(Path directory) throws IOException {
        List<String> command = new ArrayList<>(user.command(
                programs.resolve("postgres").toString(),
                "-D",
                data(directory).toString(),
                "-p",
                Integer.toString(address.getPort())));
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                // the page cache survives the end of the process, and nobody turns the machine off during a test
                "fsync=off",
                "shared_buffers=32MB",
                // in the data directory, which is removed, not in /dev/shm, which is not
                "dynamic_shared_memory_type=mmap");
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return Launch.of(command);
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    @Override
    public boolean answers() throws IOException {
        return isServing(address);
    }

    /** It says 'R' (authentication) to whom it lets in, and 'E' while it is starting. */
    static boolean isServing(InetSocketAddress address) throws IOException {
        return Wire.answers(address, GREETING, 'R');
    }
}
