package dev.mallard.generator.catalogue;

import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param name as the user says it
 * @param checkpoint what to load: a GGUF file, or a folder with a Hugging Face checkpoint
 * @param bytes on disk
 * @param origin where it came from, for people
 * @param version commit or version there
 * @param owned whether Mallard downloaded it; false if it is in Hugging Face's own cache
 */
public record InstalledModel(
    String name, Path checkpoint, long bytes, String origin, String version, boolean owned) {}
