package io.github.resiliencestarter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

/** What holds for the code of tests. */
@AnalyzeClasses(packages = ArchitectureTests.BASE, importOptions = OnlyIncludeTests.class)
class TestRulesTests {

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class)
            .because("a test that sleeps is slow on a fast machine and red on a slow one: let VirtualTime advance,"
                    + " or wait for a condition with Awaitility");

    @ArchTest
    static final ArchRule nobodyVerifiesForEver = noClasses()
            .that()
            .areNotAnnotatedWith(VerifiedInTime.class)
            .and()
            .areNotAssignableTo(VerifiedInTime.Limit.class)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("reactor.test.StepVerifier")
            .because("what a broken library never signals has to fail a test, and not to keep it");
}
