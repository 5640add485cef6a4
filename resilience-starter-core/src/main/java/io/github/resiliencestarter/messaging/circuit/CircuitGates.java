package io.github.resiliencestarter.messaging.circuit;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.MessageObserver;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Makes the gate of each listener of a broker, and closes them all in the end. Thread-safe. */
public final class CircuitGates implements AutoCloseable {

    private final Breakers breakers;
    private final ProbeSettings settings;
    private final CallClock clock;
    private final Set<CircuitGate> gates = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public CircuitGates(Breakers breakers, ProbeSettings settings, CallClock clock) {
        this.breakers = breakers;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param listener the id of the listener's container */
    public CircuitGate gate(String listener, WaitingMessages messages, MessageObserver observer) {
        CircuitGate gate = new CircuitGate(listener, breakers, settings, messages, observer, clock);
        gates.add(gate);
        return gate;
    }

    @Override
    public void close() {
        Set.copyOf(gates).forEach(CircuitGate::close);
    }
}
