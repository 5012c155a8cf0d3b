package dev.mallard.cli;

import dev.mallard.generator.learning.Recollection;
import dev.mallard.generator.learning.Recorder;
import dev.mallard.generator.loop.Demonstrations;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.memory.ExperienceStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** The memory of a search, or none. */
record Remembering(Optional<ExperienceStore> store) implements AutoCloseable {
  /**
   * Opens a memory.
   *
   * @param folder where; empty for none
   * @throws dev.mallard.generator.UserException if there is something else, or it cannot be made
   */
  static Remembering open(Optional<Path> folder) {
    return new Remembering(folder.map(ExperienceStore::open));
  }

  Demonstrations demonstrations() {
    return store.<Demonstrations>map(Recollection::new).orElse(Demonstrations.NONE);
  }

  Consumer<Event> recorder() {
    return store
        .<Consumer<Event>>map(some -> new Recorder(some, InstantSource.system()))
        .orElse(event -> {});
  }

  @Override
  public void close() {
    store.ifPresent(ExperienceStore::close);
  }
}
