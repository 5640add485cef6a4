package io.github.resiliencestarter.messaging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two failures of the same cause have in common: the class of the root cause, and the first frame of its stack trace that
 * belongs to the application. Messages are left out, for they have ids and times in them; line numbers too, for the next
 * release has others.
 *
 * @param value 12 hexadecimal digits, the same in every JVM
 * @param exception the class of the root cause
 * @param frame class and method, such as {@code com.acme.OrderListener.onOrder}; empty where there is no stack trace
 */
public record Fingerprint(String value, String exception, String frame) {

    private static final int DIGITS = 12;

    /** Of what this JVM has seen fail: a cause fails again and again, and its digest takes longer than its stack trace. */
    private static final FingerprintCache KNOWN = new FingerprintCache();

    /** Whose frames say nothing about what went wrong. */
    private static final List<String> INFRASTRUCTURE = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "reactor.",
            "org.springframework.",
            "org.apache.kafka.",
            "com.rabbitmq.",
            "io.micrometer.",
            "io.github.resilience4j.",
            "io.github.resiliencestarter.call.",
            "io.github.resiliencestarter.kafka.",
            "io.github.resiliencestarter.messaging.",
            "io.github.resiliencestarter.operations.",
            "io.github.resiliencestarter.rabbit.");

    public static Fingerprint of(Throwable failure) {
        Throwable root = rootOf(failure);
        return KNOWN.get(root.getClass().getName(), frameOf(List.of(root.getStackTrace())));
    }

    /**
     * Of a failure that is known only as text, because somebody else has written it down: the same as of the exception itself,
     * as far as the text has what it takes.
     *
     * @param exception the class that was thrown, for where there is no stack trace
     * @param stackTrace as {@link Throwable#printStackTrace()} writes it; anything else counts as none
     */
    public static Fingerprint parsed(String exception, @Nullable String stackTrace) {
        StackTraceText.Root root = StackTraceText.rootOf(stackTrace == null ? "" : stackTrace);
        return of(root.exception() == null ? exception : root.exception(), frameOf(root.frames()));
    }

    static Fingerprint of(String exception, String frame) {
        return new Fingerprint(digest(exception + '\n' + frame), exception, frame);
    }

    private static Throwable rootOf(Throwable failure) {
        if (failure.getCause() == null) {
            return failure;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable root = failure;
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String frameOf(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            if (isOfApplication(frame.getClassName())) {
                return name(frame);
            }
        }
        return frames.isEmpty() ? "" : name(frames.get(0));
    }

    static boolean isOfApplication(String type) {
        // A class that was made at run time, such as a proxy, may have another name after the next start.
        return !type.contains("$$") && !type.contains(".$Proxy") && !isInfrastructure(type);
    }

    private static boolean isInfrastructure(String type) {
        for (String prefix : INFRASTRUCTURE) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The compiler numbers lambdas in the order in which they stand in the file. */
    private static String name(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (method.startsWith("lambda$")) {
            method = method.substring("lambda$".length()).replaceFirst("\\$\\d+$", "");
        }
        return frame.getClassName() + '.' + method;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
