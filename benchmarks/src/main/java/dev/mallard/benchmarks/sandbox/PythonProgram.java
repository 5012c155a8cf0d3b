package dev.mallard.benchmarks.sandbox;

/**
 * A program in Python with its tests.
 *
 * @param name what it is called in reports
 * @param program its source text
 * @param tests asserts that hold
 */
record PythonProgram(String name, String program, String tests) {}
