package dev.mallard.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point one way. */
class ModuleDependenciesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mallard");

  @Test
  void seesTheClassesOfAllModules() {
    assertThat(CLASSES.contain("dev.mallard.sandbox.Sandbox")).isTrue();
    assertThat(CLASSES.contain("dev.mallard.generator.loop.SelfDebugger")).isTrue();
    assertThat(CLASSES.contain("dev.mallard.cli.Main")).isTrue();
  }

  @Test
  void sandboxAndGrammarsKnowNobody() {
    only("grammars", "grammars");
    only("sandbox", "sandbox");
  }

  @Test
  void generatorKnowsSandboxAndGrammars() {
    only("generator", "generator", "sandbox", "grammars");
  }

  @Test
  void benchmarksAndLanguageServerKnowGeneratorAndWhatIsBelowIt() {
    only("benchmarks", "benchmarks", "generator", "sandbox", "grammars");
    only("lsp", "lsp", "generator", "sandbox", "grammars");
  }

  @Test
  void modulesAndThePackagesWithinThemHaveNoCycles() {
    slices().matching("dev.mallard.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("dev.mallard.generator.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("dev.mallard.lsp.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyWhoeverAssemblesKnowsTheEngineAndServers() {
    for (String models :
        new String[] {"dev.mallard.generator.engine..", "dev.mallard.generator.remote.."}) {
      classes()
          .that()
          .resideInAPackage(models)
          .should()
          .onlyBeAccessed()
          .byAnyPackage(models, "dev.mallard.benchmarks..", "dev.mallard.cli..")
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void theLoopKnowsModelsOnlyAsLanguageModels() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.mallard.generator.loop..", "dev.mallard.generator.problem..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl..",
            "dev.mallard.generator.engine..",
            "dev.mallard.generator.checkpoint..",
            "dev.mallard.generator.tokenizer..",
            "dev.mallard.generator.catalogue..",
            "dev.mallard.generator.memory..",
            "dev.mallard.generator.remote..")
        .check(CLASSES);
  }

  @Test
  void theMemoryKnowsOnlyProblemsAndIsAloneInKnowingLucene() {
    noClasses()
        .that()
        .resideInAPackage("dev.mallard.generator.memory..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.mallard.generator.*..")
                .and(
                    resideOutsideOfPackages(
                        "dev.mallard.generator.memory..", "dev.mallard.generator.problem..")))
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.mallard.generator.memory..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(CLASSES);
  }

  /** Of Mallard's modules, a module depends on these alone. */
  private static void only(String module, String... known) {
    String[] packages = new String[known.length];
    for (int i = 0; i < known.length; i++) {
      packages[i] = "dev.mallard." + known[i] + "..";
    }
    classes()
        .that()
        .resideInAPackage("dev.mallard." + module + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(packages).or(resideOutsideOfPackage("dev.mallard..")))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
