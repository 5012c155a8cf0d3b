package dev.mallard.sandbox.polyglot;

import java.io.InputStream;
import java.io.OutputStream;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;

/** The engine that untrusted programs run on. */
public final class ConfinedEngine {
  private ConfinedEngine() {}

  /** An engine for one language, under {@link SandboxPolicy#CONSTRAINED}, that says nothing. */
  public static Engine of(String language) {
    return Engine.newBuilder(language)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .build();
  }
}
