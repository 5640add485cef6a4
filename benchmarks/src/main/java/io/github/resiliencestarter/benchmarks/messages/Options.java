package io.github.resiliencestarter.benchmarks.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code --name=value} on the command line. */
record Options(List<String> arguments) {

    Options(String... arguments) {
        this(List.of(arguments));
    }

    int number(String name, int otherwise) {
        return value(name).map(Integer::valueOf).orElse(otherwise);
    }

    /** Names separated by commas. */
    <T> List<T> names(String name, Function<String, T> valueOf, T[] otherwise) {
        return value(name)
                .map(names -> Arrays.stream(names.split(",")).map(valueOf).toList())
                .orElse(List.of(otherwise));
    }

    private Optional<String> value(String name) {
        String start = "--" + name + "=";
        return arguments.stream()
                .filter(argument -> argument.startsWith(start))
                .map(argument -> argument.substring(start.length()))
                .findFirst();
    }
}
