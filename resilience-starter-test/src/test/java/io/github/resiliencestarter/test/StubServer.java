package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.Mode;
import io.github.resiliencestarter.test.server.Node;
import io.github.resiliencestarter.test.server.Server;
import java.util.List;
import java.util.Set;

/** A server that is none. */
record StubServer(String name, Mode mode, Set<Capability> capabilities) implements Server {

    static StubServer of(String name) {
        return new StubServer(name, Mode.LOCAL, Set.of(Capability.values()));
    }

    @Override
    public String version() {
        return "0";
    }

    @Override
    public List<Node> nodes() {
        return List.of();
    }

    @Override
    public void heal() {}
}
