package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Redis as a process. */
record RedisRecipe(Path program, InetSocketAddress address) implements Recipe {

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Launch launch(Path directory) {
        return Launch.of(List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(address.getPort()),
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                // written before each answer, and never put off for a flush that is still going on, as "everysec" may
                // do;
                // what is written is the operating system's and outlives the process
                "--appendfsync",
                "no"));
    }

    @Override
    public boolean answers() throws IOException {
        return isServing(address);
    }

    static boolean isServing(InetSocketAddress address) throws IOException {
        return Wire.answers(address, PING, '+');
    }
}
