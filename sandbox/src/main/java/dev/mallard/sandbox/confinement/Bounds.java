package dev.mallard.sandbox.confinement;

/**
 * What one confined process may use.
 *
 * @param addressSpaceMebibytes its memory and all that it maps, which also bounds its threads
 * @param fileMebibytes the largest file that it may write
 */
public record Bounds(int addressSpaceMebibytes, int fileMebibytes) {}
