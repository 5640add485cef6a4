package io.github.resiliencestarter.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which JDK 21 and later have. We are compiled for 17, so they are looked up by name. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Makes virtual threads of this name and a number; null where the JDK has none. */
    static @Nullable ThreadFactory factory(String prefix) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Class<?> anyBuilder = Class.forName("java.lang.Thread$Builder");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory =
                    lookup.findVirtual(anyBuilder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(name.invoke(ofVirtual.invoke(), prefix, 1L));
        } catch (Throwable notThere) {
            return null;
        }
    }
}
