package dev.mallard.cli;

import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What the commands are given.
 *
 * @param console what the user sees
 * @param cache where models and logs are kept
 * @param models opens language models
 * @param sandboxes starts a sandbox; who asked for it closes it
 */
record Services(Console console, Path cache, ModelOpener models, Supplier<Sandbox> sandboxes) {}
