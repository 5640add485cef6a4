package io.github.resiliencestarter.benchmarks.overload;

import java.time.Duration;

/**
 * What is simulated: clients of an application that runs in some instances, all of which call one server.
 *
 * @param clients callers, each of whom calls at random moments, whatever became of the calls before
 * @param instances instances of the application, each with a circuit breaker and a retry budget of its own
 * @param workers requests that the server works on at a time
 * @param service how long it works on one, on average (exponentially distributed)
 * @param queue requests that may wait at the server; it rejects more
 * @param latency of the network, in each direction
 * @param timeout how long a caller waits for an attempt
 * @param normal calls, as a part of what the server can do
 * @param overloaded the same while there is too much
 * @param before how long it is normal, before
 * @param overload how long there is too much
 * @param after how long it is normal again, afterwards
 */
record Model(
        int clients,
        int instances,
        int workers,
        Duration service,
        int queue,
        Duration latency,
        Duration timeout,
        double normal,
        double overloaded,
        Duration before,
        Duration overload,
        Duration after) {

    /** A server of 2,000 requests a second, whose queue is two seconds long when it is full. */
    static Model standard() {
        return new Model(
                1_000,
                5,
                100,
                Duration.ofMillis(50),
                4_000,
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                0.7,
                1.5,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(70));
    }

    Model with(int someInstances, int longestQueue, Duration tooMuch) {
        return new Model(
                clients,
                someInstances,
                workers,
                service,
                longestQueue,
                latency,
                timeout,
                normal,
                overloaded,
                before,
                tooMuch,
                after);
    }

    /** Requests that the server can answer in a second. */
    double capacity() {
        return workers * 1e9 / service.toNanos();
    }

    Duration overloadEnd() {
        return before.plus(overload);
    }

    Duration end() {
        return overloadEnd().plus(after);
    }

    /** Calls of all clients in a second, at this moment. */
    double callsPerSecond(double nanos) {
        boolean tooMuch = nanos >= before.toNanos() && nanos < overloadEnd().toNanos();
        return capacity() * (tooMuch ? overloaded : normal);
    }
}
