package io.github.resiliencestarter.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code --name=value} on the command line. */
public record Options(List<String> arguments) {

    public Options(String... arguments) {
        this(List.of(arguments));
    }

    public int number(String name, int otherwise) {
        return value(name).map(Integer::valueOf).orElse(otherwise);
    }

    public String text(String name, String otherwise) {
        return value(name).orElse(otherwise);
    }

    /** Values separated by commas. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final <T> List<T> names(String name, Function<String, T> valueOf, T... otherwise) {
        return value(name)
                .map(names -> Arrays.stream(names.split(",")).map(valueOf).toList())
                .orElseGet(() -> List.of(otherwise));
    }

    private Optional<String> value(String name) {
        String start = "--" + name + "=";
        return arguments.stream()
                .filter(argument -> argument.startsWith(start))
                .map(argument -> argument.substring(start.length()))
                .findFirst();
    }
}
