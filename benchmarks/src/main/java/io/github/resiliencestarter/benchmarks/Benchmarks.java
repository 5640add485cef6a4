package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.messages.CompareMessages;
import io.github.resiliencestarter.benchmarks.messages.CompareRabbit;
import io.github.resiliencestarter.benchmarks.overload.SimulateOverload;
import io.github.resiliencestarter.benchmarks.report.CompareCalls;
import java.util.Arrays;

/** What {@code java -jar benchmarks.jar} runs: {@code compare}, {@code messages}, {@code rabbit}, {@code overload}, or else JMH itself with all of its options. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("compare")) {
            CompareCalls.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else if (arguments.length > 0 && arguments[0].equals("messages")) {
            CompareMessages.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else if (arguments.length > 0 && arguments[0].equals("rabbit")) {
            CompareRabbit.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else if (arguments.length > 0 && arguments[0].equals("overload")) {
            SimulateOverload.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else {
            org.openjdk.jmh.Main.main(arguments);
        }
    }
}
