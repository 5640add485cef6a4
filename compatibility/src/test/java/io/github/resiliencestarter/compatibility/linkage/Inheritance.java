package io.github.resiliencestarter.compatibility.linkage;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;

import java.util.Set;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Whether a class still fits what it extends and implements. */
final class Inheritance {

    private final ClassNode type;
    private final Types types;
    private final Set<Problem> problems;

    Inheritance(ClassNode type, Types types, Set<Problem> problems) {
        this.type = type;
        this.types = types;
        this.problems = problems;
    }

    void check() {
        types.find(type.superName).ifPresent(this::checkSuperclass);
        type.interfaces.forEach(name -> types.find(name)
                .filter(each -> !is(each.access, ACC_INTERFACE))
                .ifPresent(each -> report(each, each.name + " is no interface any more")));
        if (!is(type.access, ACC_ABSTRACT)) {
            types.withSupertypes(type).forEach(this::checkAbstractMethods);
        }
    }

    private void checkSuperclass(ClassNode superclass) {
        if (is(superclass.access, ACC_FINAL)) {
            report(superclass, superclass.name + " is final now");
        }
        if (is(superclass.access, ACC_INTERFACE)) {
            report(superclass, superclass.name + " is an interface now");
        }
        for (ClassNode above : types.withSuperclasses(superclass)) {
            for (MethodNode method : type.methods) {
                if (isInherited(method)) {
                    Members.method(above, method.name, method.desc)
                            .filter(each -> is(each.access, ACC_FINAL) && isInherited(each))
                            .ifPresent(each -> report(above, above.name + "." + label(method) + " is final now"));
                }
            }
        }
    }

    private void checkAbstractMethods(ClassNode declaring) {
        for (MethodNode method : declaring.methods) {
            if (is(method.access, ACC_ABSTRACT) && !isImplemented(method)) {
                report(declaring, "does not implement " + declaring.name + "." + label(method));
            }
        }
    }

    /** The nearest class that has it decides, and only where no class has it, the interfaces. */
    private boolean isImplemented(MethodNode wanted) {
        for (ClassNode each : types.withSuperclasses(type)) {
            for (MethodNode method : each.methods) {
                if (same(method, wanted) && isInherited(method)) {
                    return !is(method.access, ACC_ABSTRACT);
                }
            }
        }
        return types.withSupertypes(type).stream()
                .flatMap(each -> each.methods.stream())
                .anyMatch(method -> same(method, wanted) && isInherited(method) && !is(method.access, ACC_ABSTRACT));
    }

    private static boolean same(MethodNode one, MethodNode other) {
        return one.name.equals(other.name) && one.desc.equals(other.desc);
    }

    private static boolean isInherited(MethodNode method) {
        return !is(method.access, ACC_STATIC) && !is(method.access, ACC_PRIVATE) && !method.name.startsWith("<");
    }

    private static boolean is(int access, int flag) {
        return Members.is(access, flag);
    }

    private static String label(MethodNode method) {
        return method.name + method.desc;
    }

    private void report(ClassNode about, String what) {
        problems.add(new Problem(type.name, about.name, what));
    }
}
