package io.github.resiliencestarter.compatibility.linkage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.V17;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.springframework.boot.SpringBootVersion;

/** Plants classes that do not link, and expects the check to see it. Their code is never run. */
class LinkageCheckTests {

    @Test
    void a_method_that_spring_boot_4_does_not_have_is_missing_there_and_only_there() {
        assertThat(problemsOf(code -> code.visitMethodInsn(
                        INVOKEVIRTUAL,
                        "org/springframework/http/HttpHeaders",
                        "containsKey",
                        "(Ljava/lang/Object;)Z",
                        false)))
                .isEqualTo(
                        SpringBootVersion.getVersion().startsWith("4.")
                                ? List.of("missing method"
                                        + " org/springframework/http/HttpHeaders.containsKey(Ljava/lang/Object;)Z")
                                : List.of());
    }

    @Test
    void an_interface_that_spring_boot_4_has_moved_is_missing_there_and_only_there() {
        ClassNode indicator = planted("java/lang/Object", "org/springframework/boot/actuate/health/HealthIndicator");
        indicator.access |= Opcodes.ACC_ABSTRACT;
        assertThat(problemsOf(indicator))
                .isEqualTo(
                        SpringBootVersion.getVersion().startsWith("4.")
                                ? List.of("missing type org/springframework/boot/actuate/health/HealthIndicator")
                                : List.of());
    }

    @Test
    void an_inherited_method_is_found() {
        assertThat(problemsOf(
                        code -> code.visitMethodInsn(INVOKEVIRTUAL, "java/util/ArrayList", "hashCode", "()I", false)))
                .isEmpty();
        assertThat(problemsOf(code -> code.visitMethodInsn(
                        Opcodes.INVOKEINTERFACE,
                        "java/util/List",
                        "forEach",
                        "(Ljava/util/function/Consumer;)V",
                        true)))
                .isEmpty();
    }

    @Test
    void a_missing_field_and_a_missing_type_are_reported() {
        assertThat(problemsOf(code -> code.visitFieldInsn(GETSTATIC, "java/lang/Integer", "LARGEST", "I")))
                .containsExactly("missing field java/lang/Integer.LARGEST I");
        assertThat(problemsOf(code -> code.visitTypeInsn(Opcodes.NEW, "com/acme/Gone")))
                .containsExactly("missing type com/acme/Gone");
    }

    @Test
    void a_method_that_is_not_static_a_private_one_and_one_of_another_kind_of_type_are_reported() {
        assertThat(problemsOf(code -> code.visitMethodInsn(INVOKESTATIC, "java/lang/String", "length", "()I", false)))
                .containsExactly("method java/lang/String.length()I is not static any more");
        assertThat(problemsOf(code ->
                        code.visitMethodInsn(INVOKEVIRTUAL, "java/lang/Object", "registerNatives", "()V", false)))
                .hasSize(1);
        assertThat(problemsOf(code -> code.visitMethodInsn(INVOKEVIRTUAL, "java/util/List", "size", "()I", false)))
                .containsExactly("java/util/List is an interface now");
    }

    @Test
    void a_lambda_of_an_interface_that_has_another_method_is_reported() {
        assertThat(problemsOf(code -> lambda(code, "execute")))
                .containsExactly("lambda implements execute()V, which java/lang/Runnable does not have");
        assertThat(problemsOf(code -> lambda(code, "run"))).isEmpty();
    }

    @Test
    void an_abstract_method_that_nothing_implements_is_reported() {
        assertThat(problemsOf(planted("java/lang/Object", "java/lang/Runnable")))
                .containsExactly("does not implement java/lang/Runnable.run()V");
        assertThat(problemsOf(planted("java/util/ArrayList", "java/util/List"))).isEmpty();
    }

    @Test
    void a_method_or_a_class_that_has_become_final_is_reported() {
        ClassNode type = planted("java/lang/Object");
        type.methods.add(new MethodNode(ACC_PUBLIC, "notify", "()V", null, null));
        assertThat(problemsOf(type)).containsExactly("java/lang/Object.notify()V is final now");
        assertThat(problemsOf(planted("java/lang/String"))).containsExactly("java/lang/String is final now");
    }

    private static void lambda(MethodNode code, String implemented) {
        code.visitInvokeDynamicInsn(
                implemented,
                "()Ljava/lang/Runnable;",
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "java/lang/invoke/LambdaMetafactory",
                        "metafactory",
                        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                                + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
                                + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
                        false),
                Type.getMethodType("()V"),
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/Thread", "yield", "()V", false),
                Type.getMethodType("()V"));
    }

    private static List<String> problemsOf(Consumer<MethodNode> code) {
        ClassNode type = planted("java/lang/Object");
        MethodNode method = new MethodNode(ACC_PUBLIC, "planted", "()V", null, null);
        code.accept(method);
        type.methods.add(method);
        return problemsOf(type);
    }

    private static List<String> problemsOf(ClassNode type) {
        return new Linkage(LinkageCheckTests.class.getClassLoader())
                .check(type).stream().map(Problem::what).distinct().toList();
    }

    private static ClassNode planted(String superclass, String... interfaces) {
        ClassNode type = new ClassNode();
        type.version = V17;
        type.access = ACC_PUBLIC;
        type.name = "com/acme/Planted";
        type.superName = superclass;
        type.interfaces = Stream.of(interfaces).toList();
        return type;
    }
}
