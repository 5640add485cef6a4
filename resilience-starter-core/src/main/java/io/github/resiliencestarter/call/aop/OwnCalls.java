package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Reads a class and then what it extends, for calls of the methods of the same object: plain ones, in lambdas, and references
 * such as {@code this::charge}.
 *
 * <p>Byte code does not say in one place on which object a method is called. So a method that gets hold of an object of its own
 * class, such as the bean's own proxy from a field or a provider, is taken to call that one: a warning must not be false.
 */
final class OwnCalls extends ClassVisitor {

    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    private final Map<String, Method> wanted;
    private final Map<Method, String> found;
    private final Set<String> nearer = new HashSet<>();
    private String type = "";

    /**
     * @param wanted the methods, by name and descriptor
     * @param found receives those that are called, with the name of a method that does
     */
    OwnCalls(Map<String, Method> wanted, Map<Method, String> found) {
        super(SpringAsmInfo.ASM_VERSION);
        this.wanted = wanted;
        this.found = found;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        type = name;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String caller, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        boolean overridden = (access & Opcodes.ACC_PRIVATE) == 0 && !nearer.add(caller + descriptor);
        if (overridden || (access & Opcodes.ACC_BRIDGE) != 0) {
            return null; // a bridge stands for the method itself, and the proxy before it
        }
        return new Body(caller, descriptor);
    }

    private final class Body extends MethodVisitor {

        private final String caller;
        private final String descriptor;
        private boolean hasAnother;

        Body(String caller, String descriptor) {
            super(SpringAsmInfo.ASM_VERSION);
            this.caller = caller;
            this.descriptor = descriptor;
            for (Type parameter : Type.getArgumentTypes(descriptor)) {
                hasAnother |= parameter.getInternalName().equals(type);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String ofType) {
            hasAnother |= Type.getType(ofType).getInternalName().equals(type);
        }

        @Override
        public void visitTypeInsn(int opcode, String made) {
            hasAnother |= made.equals(type);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String called, boolean isInterface) {
            called(owner, name + called);
            hasAnother |= Type.getReturnType(called).getInternalName().equals(type);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String called, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    called(handle.getOwner(), handle.getName() + handle.getDesc());
                }
            }
        }

        private void called(String owner, String signature) {
            Method method = owner.equals(type) && !hasAnother ? wanted.get(signature) : null;
            if (method != null && !signature.equals(caller + descriptor)) {
                found.putIfAbsent(method, LAMBDA.matcher(caller).replaceFirst("$1"));
            }
        }
    }
}
