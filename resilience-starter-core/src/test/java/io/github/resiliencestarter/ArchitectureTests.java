package io.github.resiliencestarter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = ArchitectureTests.BASE, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    static final String BASE = "io.github.resiliencestarter";

    @ArchTest
    static final ArchRule callsKnowNothingOfMessaging = noClasses()
            .that()
            .resideInAPackage(BASE + ".call..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".messaging..")
            .because("a service without a broker uses calls, and messaging builds on calls, never the reverse")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule callsDoNotKnowWhoWatchesThem = noClasses()
            .that()
            .resideInAPackage(BASE + ".call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + ".operations..", "io.micrometer..", "org.springframework.boot.actuate..")
            .because("meters, events and endpoints are observers: a host without them pays nothing");

    @ArchTest
    static final ArchRule thePipelineNeedsNoProxies = noClasses()
            .that()
            .resideInAPackage(BASE + ".call")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + ".call.aop..", "org.springframework..")
            .because("the programmatic twin, and later the brokers, run calls without a proxy");

    @ArchTest
    static final ArchRule onlyThePipelineKnowsTheStages = classes()
            .that()
            .haveSimpleNameEndingWith("Stage")
            .should()
            .bePackagePrivate()
            .because("the order of a call is stated in Pipeline and nowhere else");

    @ArchTest
    static final ArchRule plansDoNotKnowHowTheyAreApplied = noClasses()
            .that()
            .resideInAPackage(BASE + ".call.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + ".call.aop..")
            .because("the interceptor and the programmatic twin read the same plan")
            .allowEmptyShould(true);

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
    static final ArchRule coreKnowsNoBroker = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.springframework.kafka..", "org.springframework.amqp..", "com.rabbitmq..")
            .because("a broker is reached through DeadLetterTransport, whose implementations live in their own modules")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?)")
            .because("such a name fits anything, so anything gets put there")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(resideInANullMarkedPackage()))
            .because("outside of @NullMarked code the null checker is silent: add a package-info.java")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> resideInANullMarkedPackage() {
        return DescribedPredicate.describe(
                "reside in a package with @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
