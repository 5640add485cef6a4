package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Most hosts have no Reactor on their class path, and need none. */
class WithoutReactorTests {

    @Test
    @SuppressWarnings("unchecked")
    void synchronous_and_asynchronous_calls_need_no_reactor() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader without = new WithoutReactor(before);
        assertThatThrownBy(() -> without.loadClass("reactor.core.publisher.Mono"))
                .isInstanceOf(ClassNotFoundException.class);
        Thread.currentThread().setContextClassLoader(without);
        try {
            Callable<List<String>> application = (Callable<List<String>>) without.loadClass(Application.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(application.call())
                    .containsExactly("answer 2", "answer 4", "instead", "by program", "by program, later");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    static class Remote {
        private final AtomicInteger attempts = new AtomicInteger();

        @ResilientCall(name = "remote", idempotent = true)
        public String call() throws IOException {
            int attempt = attempts.incrementAndGet();
            if (attempt % 2 == 1) {
                throw new IOException();
            }
            return "answer " + attempt;
        }

        @ResilientCall(name = "remote", idempotent = true)
        public CompletableFuture<String> later() {
            try {
                return CompletableFuture.completedFuture(call());
            } catch (IOException down) {
                return CompletableFuture.failedFuture(down);
            }
        }

        @ResilientCall(name = "remote", fallback = "instead")
        public CompletableFuture<String> broken() {
            return CompletableFuture.failedFuture(new IOException());
        }

        private String instead() {
            return "instead";
        }
    }

    /** Has its own copies of all classes of Spring and of ours. */
    public static class Application implements Callable<List<String>> {

        @Override
        public List<String> call() {
            List<String> answers = new ArrayList<>();
            host().withBean(Remote.class)
                    .withPropertyValues("resilience.calls.remote.retry.backoff.delay=1ms")
                    .run(context -> {
                        Remote remote = context.getBean(Remote.class);
                        ResilientCalls calls = context.getBean(ResilientCalls.class);
                        answers.add(remote.call());
                        answers.add(remote.later().get());
                        answers.add(remote.broken().get());
                        answers.add(calls.call("remote").execute(() -> "by program"));
                        answers.add(calls.call("remote")
                                .executeAsync(() -> CompletableFuture.completedFuture("by program, later"))
                                .get());
                    });
            return answers;
        }
    }

    private static final class WithoutReactor extends ClassLoader {

        private static final List<String> ABSENT = List.of("reactor.", "org.reactivestreams.", "kotlin");
        /** Micrometer's too, for it keeps a registry for the whole JVM that we register ourselves with. */
        private static final List<String> OWN = List.of(
                "io.github.resiliencestarter.", "org.springframework.", "io.github.resilience4j.", "io.micrometer.");

        WithoutReactor(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (ABSENT.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return OWN.stream().anyMatch(name::startsWith) ? copyOf(name) : super.loadClass(name, resolve);
            }
        }

        /** Without the services that it declares. */
        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            List<URL> found = Collections.list(super.getResources(name));
            found.removeIf(url -> url.getPath().contains("/reactor-"));
            return Collections.enumeration(found);
        }

        private Class<?> copyOf(String name) throws ClassNotFoundException {
            try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
