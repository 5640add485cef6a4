package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether a process that was killed holds nothing any more, be it memory that is shared, a file or a port. */
final class ProcessEnd {

    private ProcessEnd() {}

    /** One whose new parent has not taken notice of its end has ended too: that is no concern of ours. */
    static boolean hasCome(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return isOver(Files.readString(status, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException noSuchSystemOrProcess) {
            return process.info().command().isEmpty();
        } catch (IOException gone) {
            return true;
        }
    }

    /**
     * A process without a program, which is sooner, may still be about to let go of its memory.
     *
     * @param status number, name in parentheses, state and more; the name may be anything
     */
    static boolean isOver(String status) {
        char state = status.charAt(status.lastIndexOf(')') + 2);
        return state == 'Z' || state == 'X';
    }
}
