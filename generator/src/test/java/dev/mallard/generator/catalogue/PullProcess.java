package dev.mallard.generator.catalogue;

import java.nio.file.Path;

/** Pulls a model in a process of its own: {@code HOME ENDPOINT NAME}. */
final class PullProcess {
  private PullProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    LibraryFixture fixture = new LibraryFixture(Path.of(arguments[0]));
    fixture.environment.put("HF_ENDPOINT", arguments[1]);
    System.out.println(fixture.pull(arguments[2]).checkpoint());
    fixture.messages.forEach(System.out::println);
  }
}
