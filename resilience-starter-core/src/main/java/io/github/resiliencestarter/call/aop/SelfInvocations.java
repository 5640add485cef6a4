package io.github.resiliencestarter.call.aop;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Finds calls of annotated methods from within their own class: such a call does not pass the proxy, so it is not protected.
 * It reads the byte code of classes with annotated methods, once, when the application starts.
 */
final class SelfInvocations {

    private SelfInvocations() {}

    /** The annotated methods that the class calls itself, each with the name of a method that does. */
    static Map<Method, String> in(Class<?> type, Collection<Method> annotated) {
        Map<String, Method> wanted = new LinkedHashMap<>();
        annotated.forEach(method -> wanted.put(method.getName() + Type.getMethodDescriptor(method), method));
        Map<Method, String> found = new LinkedHashMap<>();
        try (InputStream code = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
            if (code != null) {
                new ClassReader(code).accept(new Calls(type, wanted, found), ClassReader.SKIP_DEBUG);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // Newer byte code than this Spring can read: then there is nothing to say about it.
            return Map.of();
        }
        return found;
    }

    private static final class Calls extends ClassVisitor {

        private final String type;
        private final Map<String, Method> wanted;
        private final Map<Method, String> found;

        Calls(Class<?> type, Map<String, Method> wanted, Map<Method, String> found) {
            super(SpringAsmInfo.ASM_VERSION);
            this.type = Type.getInternalName(type);
            this.wanted = wanted;
            this.found = found;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String caller,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & Opcodes.ACC_BRIDGE) != 0) {
                return null; // it stands for the method itself, and the proxy before it
            }
            return new MethodVisitor(api) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String called, boolean isInterface) {
                    Method method = owner.equals(type) ? wanted.get(name + called) : null;
                    if (method != null && !(name + called).equals(caller + descriptor)) {
                        found.putIfAbsent(method, caller);
                    }
                }
            };
        }
    }
}
