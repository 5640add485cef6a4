package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** MariaDB as a process. */
record MariaDbRecipe(Path program, Path installer, Unprivileged user, InetSocketAddress address) implements Recipe {

    private static final int HEADER = 4;
    private static final int VERSION = 10;

    @Override
    public void prepare(Path directory, int clientPort) throws IOException {
        Path data = Files.createDirectory(data(directory));
        user.owns(data);
        Executables.output(user.command(
                installer.toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal"));
    }

    @Override
    public Launch launch(Path directory) throws IOException {
        Path data = data(directory);
        return Launch.of(user.command(
                program.toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--socket=" + data.resolve("socket"),
                "--pid-file=" + data.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + address.getPort(),
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=32M",
                // what is written is the operating system's and outlives the process
                "--innodb-flush-log-at-trx-commit=2"));
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    @Override
    public boolean answers() throws IOException {
        return isServing(address);
    }

    /** It speaks first: a header, and the version of the protocol, or an error in its place. */
    static boolean isServing(InetSocketAddress address) throws IOException {
        try (Socket socket = Wire.connect(address)) {
            byte[] greeting = socket.getInputStream().readNBytes(HEADER + 1);
            return greeting.length == HEADER + 1 && greeting[HEADER] == VERSION;
        }
    }
}
