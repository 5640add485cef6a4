package io.github.resiliencestarter.benchmarks.peer;

/**
 * What a benchmark calls, and what it needs before and after.
 *
 * @param protection the protected remote
 * @param circuit opens the circuit, for longer than any benchmark takes
 * @param resources closes what was opened for the protection
 */
public record Subject(Protection protection, Runnable circuit, Runnable resources) implements AutoCloseable {

    static Subject of(Protection protection) {
        return of(protection, () -> {
            throw new UnsupportedOperationException("This peer has no circuit");
        });
    }

    static Subject of(Protection protection, Runnable circuit) {
        return new Subject(protection, circuit, () -> {});
    }

    Subject closing(Runnable resources) {
        return new Subject(protection, circuit, resources);
    }

    public void openCircuit() {
        circuit.run();
    }

    @Override
    public void close() {
        resources.run();
    }
}
