package io.github.resiliencestarter.compatibility.twins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What others see of the packaged module of a broker.
 *
 * @param publicTypes by their names below the module's package, such as {@code deadletter.DeadLetterNames}
 * @param keys by their names below the module's prefix, such as {@code parking.enabled}
 */
record BrokerModule(Set<String> publicTypes, Set<String> keys) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    static BrokerModule kafka() {
        return named("kafka");
    }

    static BrokerModule rabbit() {
        return named("rabbit");
    }

    private static BrokerModule named(String broker) {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(file -> file.matches(".*resilience-starter-" + broker + "-[^/\\\\]*\\.jar"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(path)) {
            return new BrokerModule(publicTypes(jar, "io.github.resiliencestarter." + broker + "."), keys(jar, broker));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(path, unexpected);
        }
    }

    private static Set<String> publicTypes(JarFile jar, String basePackage) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .filter(BrokerModule::isPublic)
                .map(name -> name.substring(basePackage.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPublic(String name) {
        try {
            Class<?> type = Class.forName(name, false, BrokerModule.class.getClassLoader());
            return Modifier.isPublic(type.getModifiers())
                    && (type.getDeclaringClass() == null
                            || isPublic(type.getDeclaringClass().getName()));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** No JSON library is the same on both lines of Spring Boot, and the names are all that is wanted. */
    private static Set<String> keys(JarFile jar, String broker) throws IOException {
        String metadata = new String(jar.getInputStream(jar.getEntry(METADATA)).readAllBytes(), UTF_8);
        Matcher names = Pattern.compile("\"name\":\\s*\"resilience\\." + broker + "\\.([^\"]+)\"")
                .matcher(metadata);
        return names.results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
