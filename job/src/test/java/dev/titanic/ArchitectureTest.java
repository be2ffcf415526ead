package dev.titanic;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.titanic.protocol.TokenBatch;

@AnalyzeClasses(packages = "dev.titanic", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.titanic.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule schemasKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.titanic.schemas..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.titanic..")
                  .and(not(resideInAPackage("dev.titanic.schemas.."))));

  @ArchTest
  static final ArchRule operatorsDoNotKnowTheJob =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.titanic.job..", "dev.titanic.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.titanic.job..");

  @ArchTest
  static final ArchRule mathsProtocolAndDataKnowNoFlink =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.titanic.nn..",
              "dev.titanic.protocol..",
              "dev.titanic.data..",
              "dev.titanic.schemas.edge..",
              "dev.titanic.schemas.state..",
              "dev.titanic.schemas.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  /** The side operator is the one place where Flink meets the placement. */
  @ArchTest
  static final ArchRule placementsKnowNoFlink =
      noClasses()
          .that(resideInAPackage("dev.titanic.placement.."))
          .and(not(resideInAPackage("dev.titanic.placement.flink..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule onlyPlacementsKnowTheSolvers =
      noClasses()
          .that(
              not(resideInAPackage("dev.titanic.placement.."))
                  .or(resideInAPackage("dev.titanic.placement.flink..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.ortools..");

  @ArchTest
  static final ArchRule onlyProgramsAndTheTokenizerKnowTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.titanic.nn.torch..")
          .and()
          .doNotHaveFullyQualifiedName("dev.titanic.data.Tokenizer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule kafkaIsForTheJobTheSchemasAndTheOwner =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.titanic.job..", "dev.titanic.schemas..", "dev.titanic.owner..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka.."));

  /** Tokens have no edge to travel on, and no state to rest in. */
  @ArchTest
  static final ArchRule tokensStayWithTheirOwner =
      classes()
          .that()
          .areAssignableTo(TokenBatch.class)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(
              "dev.titanic.protocol..",
              "dev.titanic.data..",
              "dev.titanic.owner..",
              "dev.titanic.nn..",
              "dev.titanic.job.cli..",
              "dev.titanic.benchmarks..");
}
