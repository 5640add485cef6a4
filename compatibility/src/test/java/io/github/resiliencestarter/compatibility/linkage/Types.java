package io.github.resiliencestarter.compatibility.linkage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The classes that a host can load, the JDK's included, read as bytes: nothing is initialized. */
final class Types {

    private final ClassLoader classPath;
    private final Map<String, Optional<ClassNode>> read = new HashMap<>();

    Types(ClassLoader classPath) {
        this.classPath = classPath;
    }

    /** By its internal name, such as {@code java/util/List}. */
    Optional<ClassNode> find(String internalName) {
        return read.computeIfAbsent(internalName, this::read);
    }

    boolean isMissing(String internalName) {
        return find(internalName).isEmpty();
    }

    /** The class, its superclasses from the nearest on, then all their interfaces; without what is missing. */
    List<ClassNode> withSupertypes(ClassNode type) {
        Set<ClassNode> found = new LinkedHashSet<>(withSuperclasses(type));
        Deque<ClassNode> toVisit = new ArrayDeque<>(found);
        while (!toVisit.isEmpty()) {
            for (String name : toVisit.remove().interfaces) {
                find(name).filter(found::add).ifPresent(toVisit::add);
            }
        }
        return List.copyOf(found);
    }

    List<ClassNode> withSuperclasses(ClassNode type) {
        Set<ClassNode> found = new LinkedHashSet<>();
        Optional<ClassNode> next = Optional.of(type);
        while (next.filter(found::add).isPresent()) {
            next = Optional.ofNullable(next.get().superName).flatMap(this::find);
        }
        return List.copyOf(found);
    }

    private Optional<ClassNode> read(String internalName) {
        try (InputStream bytes = classPath.getResourceAsStream(internalName + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(parse(bytes, ClassReader.SKIP_CODE));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(internalName, unexpected);
        }
    }

    static ClassNode parse(InputStream bytes, int options) throws IOException {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, options | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }
}
