package io.github.resiliencestarter.compatibility.linkage;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds what compiles against one version of a library and fails on another: missing types and members, members that have
 * become static or inaccessible, lambdas whose interface has another method, abstract methods that nothing implements, and
 * overridden methods that have become final.
 */
final class Linkage {

    private final Types types;

    Linkage(ClassLoader classPath) {
        this.types = new Types(classPath);
    }

    Set<Problem> check(ClassNode type) {
        Set<Problem> problems = new LinkedHashSet<>();
        References references = new References(type, new Members(types, type), types, problems);
        references.checkDeclaration();
        for (MethodNode method : type.methods) {
            references.checkCode(method);
        }
        new Inheritance(type, types, problems).check();
        return problems;
    }
}
