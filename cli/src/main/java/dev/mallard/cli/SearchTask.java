package dev.mallard.cli;

import dev.mallard.generator.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command searches a program for.
 *
 * @param program one to begin with
 * @param testsFile where its tests come from
 */
record SearchTask(Problem problem, Optional<String> program, Path testsFile) {}
