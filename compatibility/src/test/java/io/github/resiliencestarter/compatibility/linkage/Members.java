package io.github.resiliencestarter.compatibility.linkage;

import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Looks up members as the JVM does (JVMS 5.4.3), and says why one cannot be used from a class; null if it can. */
final class Members {

    /** Their methods take whatever descriptor the call has. */
    private static final Set<String> SIGNATURE_POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final Types types;
    private final ClassNode from;

    Members(Types types, ClassNode from) {
        this.types = types;
        this.from = from;
    }

    String problemWithMethod(String owner, String name, String descriptor, boolean isStatic, boolean onInterface) {
        String label = owner + "." + name + descriptor;
        ClassNode declared = typeOf(owner);
        if (declared == null) {
            return "missing type " + owner;
        }
        if (!owner.startsWith("[") && onInterface != is(declared.access, Opcodes.ACC_INTERFACE)) {
            return owner + (onInterface ? " is no interface any more" : " is an interface now");
        }
        for (ClassNode type : types.withSupertypes(declared)) {
            Optional<MethodNode> found = method(type, name, descriptor);
            if (found.isPresent()) {
                return problemWith(type, found.get().access, isStatic, "method " + label);
            }
        }
        Optional<MethodNode> ofObject =
                types.find("java/lang/Object").flatMap(object -> method(object, name, descriptor));
        return ofObject.isPresent() ? null : "missing method " + label;
    }

    String problemWithField(String owner, String name, String descriptor, boolean isStatic) {
        ClassNode declared = typeOf(owner);
        if (declared == null) {
            return "missing type " + owner;
        }
        for (ClassNode type : types.withSupertypes(declared)) {
            for (FieldNode field : type.fields) {
                if (field.name.equals(name) && field.desc.equals(descriptor)) {
                    return problemWith(type, field.access, isStatic, "field " + owner + "." + name);
                }
            }
        }
        return "missing field " + owner + "." + name + " " + descriptor;
    }

    static Optional<MethodNode> method(ClassNode type, String name, String descriptor) {
        return type.methods.stream()
                .filter(method -> method.name.equals(name))
                .filter(method -> method.desc.equals(descriptor) || SIGNATURE_POLYMORPHIC.contains(type.name))
                .findFirst();
    }

    private ClassNode typeOf(String owner) {
        return types.find(owner.startsWith("[") ? "java/lang/Object" : owner).orElse(null);
    }

    private String problemWith(ClassNode type, int access, boolean isStatic, String label) {
        if (isStatic != is(access, Opcodes.ACC_STATIC)) {
            return label + (isStatic ? " is not static any more" : " is static now");
        }
        return isAccessible(type, access) ? null : label + " is not accessible";
    }

    /** Generous with protected members: whether the class is a subclass was checked by the compiler. */
    private boolean isAccessible(ClassNode type, int access) {
        if (is(access, Opcodes.ACC_PRIVATE)) {
            return nest(type).equals(nest(from));
        }
        return is(access, Opcodes.ACC_PUBLIC)
                || is(access, Opcodes.ACC_PROTECTED)
                || packageOf(type).equals(packageOf(from));
    }

    private static String nest(ClassNode type) {
        return type.nestHostClass == null ? type.name : type.nestHostClass;
    }

    private static String packageOf(ClassNode type) {
        return type.name.substring(0, type.name.lastIndexOf('/') + 1);
    }

    static boolean is(int access, int flag) {
        return (access & flag) != 0;
    }
}
