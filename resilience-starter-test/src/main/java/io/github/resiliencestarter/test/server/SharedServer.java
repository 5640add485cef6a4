package io.github.resiliencestarter.test.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server that starts when it is asked for the first time. A failure is kept too: nobody waits for it a second time. */
final class SharedServer<S extends Server> {

    private final Provider<S> provider;
    private final int nodes;
    private final Selection selection;
    private @Nullable S server;
    private @Nullable ServerException failure;

    SharedServer(Provider<S> provider, int nodes, Selection selection) {
        this.provider = provider;
        this.nodes = nodes;
        this.selection = selection;
    }

    synchronized S get() {
        if (failure != null) {
            throw failure;
        }
        if (server == null) {
            try {
                server = started();
            } catch (ServerException e) {
                failure = e;
                throw e;
            }
        }
        return server;
    }

    private S started() {
        S chosen = chosen();
        long start = System.nanoTime();
        chosen.start();
        long millis = (System.nanoTime() - start) / 1_000_000;
        String ports = chosen.nodes().stream()
                .map(node -> Integer.toString(node.proxy().port()))
                .collect(Collectors.joining(", "));
        // not to a logger: whether a logger shows it depends on the host, and a reader of the build's output wants to
        // know
        System.out.printf(
                "resilience-starter-test: %s %s, %s, started in %d ms, port %s%n",
                chosen.name(), chosen.version(), chosen.mode(), millis, ports);
        return chosen;
    }

    private S chosen() {
        boolean required = selection.isRequired(provider.kind());
        List<String> absences = new ArrayList<>();
        for (Mode mode : selection.modes(provider.kind())) {
            String absence = provider.absence(mode, nodes);
            if (absence == null) {
                return provider.create(mode, nodes);
            }
            absences.add(mode + ": " + absence);
        }
        throw new ServerUnavailableException(
                "There is no " + provider.kind().key() + " for tests here. " + String.join("; ", absences)
                        + (required
                                ? ". It is required by " + Selection.REQUIRE + "="
                                        + provider.kind().key()
                                : ""),
                required);
    }
}
