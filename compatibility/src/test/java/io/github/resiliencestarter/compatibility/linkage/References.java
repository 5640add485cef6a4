package io.github.resiliencestarter.compatibility.linkage;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** What one class names in its declaration and in its code. Annotations are not followed: the JVM ignores missing ones. */
final class References {

    private final ClassNode from;
    private final Members members;
    private final Types types;
    private final Set<Problem> problems;
    private final Lambdas lambdas;

    References(ClassNode from, Members members, Types types, Set<Problem> problems) {
        this.from = from;
        this.members = members;
        this.types = types;
        this.problems = problems;
        this.lambdas = new Lambdas(types);
    }

    /** Spring reads the signatures of beans by reflection, so that a type that is only declared can fail as well. */
    void checkDeclaration() {
        type(Type.getObjectType(from.superName));
        from.interfaces.forEach(name -> type(Type.getObjectType(name)));
        from.fields.forEach(field -> type(Type.getType(field.desc)));
        for (MethodNode method : from.methods) {
            type(Type.getMethodType(method.desc));
            method.exceptions.forEach(name -> type(Type.getObjectType(name)));
        }
    }

    void checkCode(MethodNode method) {
        method.tryCatchBlocks.stream()
                .filter(block -> block.type != null)
                .forEach(block -> type(Type.getObjectType(block.type)));
        for (AbstractInsnNode instruction : method.instructions) {
            check(instruction);
        }
    }

    private void check(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
            report(call.owner, members.problemWithMethod(call.owner, call.name, call.desc, isStatic, call.itf));
            type(Type.getMethodType(call.desc));
        } else if (instruction instanceof FieldInsnNode field) {
            boolean isStatic = field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC;
            report(field.owner, members.problemWithField(field.owner, field.name, field.desc, isStatic));
            type(Type.getType(field.desc));
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            type(Type.getMethodType(dynamic.desc));
            constant(dynamic.bsm);
            List.of(dynamic.bsmArgs).forEach(this::constant);
            lambdas.problemsWith(dynamic).forEach(this::report);
        } else if (instruction instanceof TypeInsnNode named) {
            type(Type.getObjectType(named.desc));
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            type(Type.getType(array.desc));
        } else if (instruction instanceof LdcInsnNode constant) {
            constant(constant.cst);
        }
    }

    private void constant(Object constant) {
        if (constant instanceof Type type) {
            type(type);
        } else if (constant instanceof ConstantDynamic dynamic) {
            type(Type.getType(dynamic.getDescriptor()));
            constant(dynamic.getBootstrapMethod());
        } else if (constant instanceof Handle handle) {
            boolean isField = handle.getTag() <= Opcodes.H_PUTSTATIC;
            boolean isStatic = handle.getTag() == Opcodes.H_GETSTATIC
                    || handle.getTag() == Opcodes.H_PUTSTATIC
                    || handle.getTag() == Opcodes.H_INVOKESTATIC;
            report(
                    handle.getOwner(),
                    isField
                            ? members.problemWithField(handle.getOwner(), handle.getName(), handle.getDesc(), isStatic)
                            : members.problemWithMethod(
                                    handle.getOwner(),
                                    handle.getName(),
                                    handle.getDesc(),
                                    isStatic,
                                    handle.isInterface()));
        }
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.METHOD -> {
                type(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
            }
            case Type.OBJECT -> {
                if (types.isMissing(type.getInternalName())) {
                    report(type.getInternalName(), "missing type " + type.getInternalName());
                }
            }
            default -> {
                // primitive
            }
        }
    }

    private void report(String about, String problem) {
        if (problem != null) {
            problems.add(new Problem(from.name, about, problem));
        }
    }
}
