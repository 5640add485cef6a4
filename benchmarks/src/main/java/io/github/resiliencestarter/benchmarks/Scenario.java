package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import io.github.resiliencestarter.benchmarks.peer.Protection;
import io.github.resiliencestarter.benchmarks.peer.Subject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Something that happens to a protected call. All threads share the one protected remote, as they do in a service. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public abstract class Scenario {

    private Subject subject;
    private Protection protection;

    @Setup
    public void open() {
        subject = peer().open();
        protection = subject.protection();
        prepare(subject);
    }

    @TearDown
    public void close() {
        subject.close();
    }

    Protection protection() {
        return protection;
    }

    void prepare(Subject subject) {}

    abstract Peer peer();
}
