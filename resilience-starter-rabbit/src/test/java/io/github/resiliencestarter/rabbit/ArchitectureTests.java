package io.github.resiliencestarter.rabbit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = ArchitectureTests.BASE, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    static final String BASE = "io.github.resiliencestarter.rabbit";

    @ArchTest
    static final ArchRule autoConfigurationIsKnownByNobody = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".autoconfigure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".autoconfigure..")
            .because("everything must be usable, and testable, without Spring Boot wiring it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule deadLettersKnowNothingOfListeners = noClasses()
            .that()
            .resideInAPackage(BASE + ".deadletter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".listener..")
            .because("a letter is sent and read in the same way, whoever has given it up")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theOtherBrokerIsUnknown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.kafka..", "org.apache.kafka..", "io.github.resiliencestarter.kafka..")
            .because("the two broker modules are twins that do not know each other");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?)")
            .because("such a name fits anything, so anything gets put there");
}
