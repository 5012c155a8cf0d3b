package dev.mallard.sandbox;

import java.time.Duration;

/**
 * What came of one run.
 *
 * @param verdict how it ended
 * @param standardOutput what the program printed, cut to the limit
 * @param standardError what it printed to standard error, cut to the limit
 * @param elapsed wall-clock time from the program's first statement to the verdict
 */
public record Report(
    Verdict verdict, String standardOutput, String standardError, Duration elapsed) {}
