package io.github.resiliencestarter.test.conservation;

import io.github.resiliencestarter.test.network.Fault;
import io.github.resiliencestarter.test.network.FaultProxy;
import io.github.resiliencestarter.test.server.Node;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Something bad that begins and ends while messages are on their way. */
public interface Disruption {

    /** What a person reads in the report, such as {@code kill -9 of kafka-1}. */
    String name();

    /** Begins it. */
    void apply();

    /** Ends it; what it has hit works again when this returns, or soon after. */
    void undo();

    /** Anything: a consumer that crashes and comes back, one more consumer that joins and leaves. */
    static Disruption of(String name, Runnable apply, Runnable undo) {
        return new NamedDisruption(name, apply, undo);
    }

    /** The server dies as by {@code kill -9}, and is started again. */
    static Disruption kill(Node node) {
        return of("kill -9 of " + node.name(), node::kill, node::start);
    }

    /** The server is shut down in good order, and started again. */
    static Disruption stop(Node node) {
        return of("stop of " + node.name(), node::stop, node::start);
    }

    /** The server hangs: connections stay open, and nobody answers. */
    static Disruption pause(Node node) {
        return of("pause of " + node.name(), node::pause, node::resume);
    }

    /** The network fails; afterwards <em>all</em> faults of the proxy are healed. */
    static Disruption network(FaultProxy proxy, Fault... faults) {
        String names = Arrays.stream(faults).map(Fault::toString).collect(Collectors.joining(" and "));
        return of(names + " at port " + proxy.port(), () -> proxy.apply(faults), proxy::heal);
    }
}
