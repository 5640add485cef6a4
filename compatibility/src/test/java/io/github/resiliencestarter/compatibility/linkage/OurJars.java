package io.github.resiliencestarter.compatibility.linkage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.tree.ClassNode;
import org.springframework.boot.SpringBootVersion;

/** The classes of our packaged jars on the class path, without those for the other line of Spring Boot. */
final class OurJars {

    private static final String PACKAGE_OF_OTHER_LINE =
            "/boot" + (SpringBootVersion.getVersion().startsWith("4.") ? 3 : 4) + "/";

    private OurJars() {}

    static List<Path> all() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches("resilience-starter-.*\\.jar"))
                .toList();
    }

    static List<ClassNode> classes() {
        List<ClassNode> classes = new ArrayList<>();
        for (Path path : all()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : jar.stream().filter(OurJars::isChecked).toList()) {
                    classes.add(Types.parse(jar.getInputStream(entry), 0));
                }
            } catch (IOException unexpected) {
                throw new UncheckedIOException(path.toString(), unexpected);
            }
        }
        return classes;
    }

    private static boolean isChecked(JarEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().contains(PACKAGE_OF_OTHER_LINE);
    }
}
