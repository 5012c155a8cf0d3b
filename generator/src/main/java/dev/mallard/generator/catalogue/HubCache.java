package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other programs have already got from the Hugging Face hub: {@code
 * models--ORGANISATION--NAME} with {@code refs} from branches to commits and {@code snapshots} of
 * commits, whose files are links into {@code blobs}. It is read, never written.
 */
record HubCache(Path root) {
  private static final Logger LOG = LoggerFactory.getLogger(HubCache.class);

  /** The folder of a checkpoint, if all of it is there. */
  Optional<Path> find(ModelSource.HuggingFace source) {
    try {
      Path repository = root.resolve("models--" + source.repository().replace("/", "--"));
      Path ref = repository.resolve("refs").resolve(source.revision());
      String commit = Files.isRegularFile(ref) ? Files.readString(ref).strip() : source.revision();
      Path snapshot = repository.resolve("snapshots").resolve(commit);
      return snapshot.normalize().startsWith(repository) && whole(snapshot, source)
          ? Optional.of(snapshot)
          : Optional.empty();
    } catch (IOException | InvalidPathException | UserException e) {
      LOG.debug("cannot read the hub's cache of {}", source, e);
      return Optional.empty();
    }
  }

  private static boolean whole(Path snapshot, ModelSource.HuggingFace source) throws IOException {
    if (!Files.isRegularFile(snapshot.resolve("config.json"))
        || !Files.isRegularFile(snapshot.resolve("tokenizer.json"))) {
      return false;
    }
    for (RemoteFile file : source.pinned()) {
      Path there = snapshot.resolve(file.name());
      if (Files.isRegularFile(there) && Files.size(there) != file.size()) {
        return false;
      }
    }
    if (Files.isRegularFile(snapshot.resolve(HubModel.WEIGHTS))) {
      return true;
    }
    Path index = snapshot.resolve(HubModel.INDEX);
    if (!Files.isRegularFile(index)) {
      return false;
    }
    Set<String> shards = HubModel.shards(index);
    return !shards.isEmpty()
        && shards.stream().allMatch(shard -> Files.isRegularFile(snapshot.resolve(shard)));
  }
}
