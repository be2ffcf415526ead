package dev.titanic.nn.torch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.Buffer;
import java.util.Set;
import java.util.function.Predicate;

/** Calls of the engine that compile and run, and give wrong gradients without an error. */
@AnalyzeClasses(packages = "dev.titanic.nn", importOptions = DoNotIncludeTests.class)
final class EngineTrapsTest {

  /** The scalar lies in a Java buffer that may be collected before the backward pass. */
  @ArchTest
  static final ArchRule noArithmeticWithJavaNumbers =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "an array's method with a Number",
                  call ->
                      call.getTargetOwner().isAssignableTo(NDArray.class)
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(type -> type.isEquivalentTo(Number.class))));

  /** So does every array that is made over Java memory. */
  @ArchTest
  static final ArchRule noArraysOverJavaMemory =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "a method that makes an array over Java memory",
                  call ->
                      (call.getTargetOwner().isAssignableTo(NDManager.class)
                                  && call.getName().equals("create")
                              || call.getTargetOwner().isAssignableTo(NDArray.class)
                                  && call.getName().equals("set"))
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(
                                  type ->
                                      type.isPrimitive()
                                          || type.isArray()
                                          || type.isAssignableTo(Buffer.class))));

  /** They return an array that is no longer part of the graph. */
  @ArchTest
  static final ArchRule nothingThatCutsTheGraph =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "toType or duplicate",
                  call ->
                      call.getTargetOwner().isAssignableTo(NDArray.class)
                          && Set.of("toType", "duplicate").contains(call.getName())));

  /** There can be one in a JVM; partitions hold several graphs at a time. */
  @ArchTest
  static final ArchRule noGradientCollector =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(GradientCollector.class)
          .orShould()
          .callMethod(Engine.class, "newGradientCollector");

  private static DescribedPredicate<JavaMethodCall> call(
      String description, Predicate<JavaMethodCall> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
