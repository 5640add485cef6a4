package io.github.resiliencestarter.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = ArchitectureTests.BASE, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    static final String BASE = "io.github.resiliencestarter.kafka";

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
    static final ArchRule theConsumerKnowsNothingOfListeners = noClasses()
            .that()
            .resideInAPackage(BASE + ".consumer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + ".listener..", BASE + ".deadletter..")
            .because("which offsets may be committed does not depend on why")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theOtherBrokerIsUnknown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.amqp..", "com.rabbitmq..", "io.github.resiliencestarter.rabbit..")
            .because("the two broker modules are twins that do not know each other");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?)")
            .because("such a name fits anything, so anything gets put there");
}
