package io.github.resiliencestarter.compatibility.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

class LinkageTests {

    /** Packages of optional libraries that these hosts do not have; whatever uses them is guarded by a condition. */
    private static final Set<String> ABSENT = Set.of();

    private final Linkage linkage = new Linkage(getClass().getClassLoader());

    @Test
    void our_jars_refer_to_nothing_that_this_host_does_not_have() {
        List<ClassNode> classes = OurJars.classes();
        assertThat(classes).hasSizeGreaterThan(50);
        assertThat(classes.stream()
                        .flatMap(type -> linkage.check(type).stream())
                        .filter(problem -> ABSENT.stream().noneMatch(problem.type()::startsWith)))
                .isEmpty();
    }

    @Test
    void every_exception_from_the_check_is_needed() {
        Set<String> needed = OurJars.classes().stream()
                .flatMap(type -> linkage.check(type).stream())
                .flatMap(problem -> ABSENT.stream().filter(problem.type()::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(needed).isEqualTo(new TreeSet<>(ABSENT));
    }
}
