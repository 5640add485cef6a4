package io.github.resiliencestarter.rabbit.deadletter;

import java.util.Map;

/**
 * A queue that another one needs beside it. Immutable.
 *
 * @param arguments what it is declared with
 */
record CompanionQueue(String name, String source, Purpose purpose, Map<String, Object> arguments) {

    enum Purpose {
        /** What is given up waits here for whoever parks or reads it. */
        DEAD_LETTERS("the dead letters"),
        /** Messages wait here until they expire, and are then sent back to the source by the broker. */
        DELAY("the delayed messages"),
        /** What no store can take waits here for a person. */
        PARKING("the letters that cannot be parked");

        final String what;

        Purpose(String what) {
            this.what = what;
        }
    }

    CompanionQueue {
        arguments = Map.copyOf(arguments);
    }
}
