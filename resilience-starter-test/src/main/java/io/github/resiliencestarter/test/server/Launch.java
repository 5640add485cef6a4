package io.github.resiliencestarter.test.server;

import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param command the program and its arguments; what it becomes by {@code exec} keeps its process id, what it forks does not
 * @param environment variables for it
 * @param inherits whether it gets the environment of this JVM as well
 */
record Launch(List<String> command, Map<String, String> environment, boolean inherits) {

    static Launch of(List<String> command) {
        return new Launch(command, Map.of(), true);
    }

    /** For programs that would take orders from variables of the machine they happen to run on. */
    static Launch inCleanEnvironment(List<String> command, Map<String, String> environment) {
        return new Launch(command, environment, false);
    }
}
