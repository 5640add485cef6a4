package io.github.resiliencestarter.test.conservation;

/** What a test says in two lambdas. */
record NamedDisruption(String name, Runnable begin, Runnable end) implements Disruption {

    @Override
    public void apply() {
        begin.run();
    }

    @Override
    public void undo() {
        end.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
