package io.github.resiliencestarter.compatibility.linkage;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Checks that what a lambda implements is still the one abstract method of its interface. */
final class Lambdas {

    private final Types types;

    Lambdas(Types types) {
        this.types = types;
    }

    /** By the interface that it is about; a missing interface is reported as a missing type. */
    Map<String, String> problemsWith(InvokeDynamicInsnNode dynamic) {
        if (!dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            return Map.of();
        }
        String name = Type.getReturnType(dynamic.desc).getInternalName();
        Optional<ClassNode> type = types.find(name);
        if (type.isEmpty()) {
            return Map.of();
        }
        String implemented = dynamic.name + ((Type) dynamic.bsmArgs[0]).getDescriptor();
        Map<String, String> problems = new TreeMap<>();
        if (!isInterface(type.get())) {
            problems.put(name, name + " is no interface any more");
        } else if (abstractMethods(type.get()).keySet().stream().noneMatch(implemented::equals)) {
            problems.put(name, "lambda implements " + implemented + ", which " + name + " does not have");
        } else {
            abstractMethods(type.get()).keySet().stream()
                    .filter(other -> !sameName(other, implemented))
                    .findFirst()
                    .ifPresent(other -> problems.put(name, "lambda leaves out " + other + " of " + name));
        }
        return problems;
    }

    /** A method of the same name is what a generic interface above declares: the compiler adds a bridge to the lambda. */
    private static boolean sameName(String one, String other) {
        return one.substring(0, one.indexOf('(')).equals(other.substring(0, other.indexOf('(')));
    }

    private Map<String, MethodNode> abstractMethods(ClassNode type) {
        Map<String, MethodNode> methods = new TreeMap<>();
        Optional<ClassNode> object = types.find("java/lang/Object");
        for (ClassNode each : types.withSupertypes(type)) {
            for (MethodNode method : each.methods) {
                boolean ofObject = object.flatMap(o -> Members.method(o, method.name, method.desc))
                        .isPresent();
                if (isInterface(each) && !ofObject && !Members.is(method.access, Opcodes.ACC_STATIC)) {
                    // the nearest declaration counts: it may have a body
                    methods.putIfAbsent(method.name + method.desc, method);
                }
            }
        }
        methods.values().removeIf(method -> !Members.is(method.access, Opcodes.ACC_ABSTRACT));
        return methods;
    }

    private static boolean isInterface(ClassNode type) {
        return Members.is(type.access, Opcodes.ACC_INTERFACE);
    }
}
