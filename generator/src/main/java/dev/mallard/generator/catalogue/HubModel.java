package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A checkpoint on the Hugging Face hub, at one commit. */
record HubModel(
    String name,
    ModelSource.HuggingFace source,
    String commit,
    List<RemoteFile> files,
    Service service,
    FileDownloader downloader)
    implements RemoteModel {
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  static String path(ModelSource.HuggingFace source, String commit, String file) {
    return source.repository() + "/resolve/" + HubClient.encode(commit) + "/" + file;
  }

  @Override
  public long downloadBytes() {
    return files.stream().mapToLong(RemoteFile::size).sum();
  }

  @Override
  public long diskBytes() {
    return downloadBytes();
  }

  @Override
  public Manifest fetch(Path folder, ProgressMeter meter) throws IOException, InterruptedException {
    List<Manifest.StoredFile> stored = new ArrayList<>();
    for (RemoteFile file : files) {
      String sha256 =
          downloader.download(
              service,
              service.at(path(source, commit, file.name())),
              source.repository() + "/" + file.name(),
              file,
              folder.resolve(file.name()),
              meter);
      stored.add(new Manifest.StoredFile(file.name(), file.size(), sha256));
      if (file.name().equals(INDEX)) {
        checkShards(folder.resolve(INDEX));
      }
    }
    return new Manifest(name, source.description(), commit, "", stored);
  }

  /** Before gigabytes of shards are got: whether they are all that the index speaks of. */
  private void checkShards(Path index) throws IOException {
    Set<String> missing = shards(index);
    missing.removeAll(files.stream().map(RemoteFile::name).collect(Collectors.toSet()));
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s is incomplete: it lacks %s; name another repository."
              .formatted(source.repository(), missing.iterator().next()));
    }
  }

  /** The files that an index of shards names, which is none if it cannot be read. */
  static Set<String> shards(Path index) throws IOException {
    Set<String> shards = new TreeSet<>();
    try {
      JsonNode map = JsonMapper.shared().readTree(Files.readAllBytes(index)).path("weight_map");
      for (JsonNode shard : map) {
        shards.add(shard.asString(""));
      }
    } catch (JacksonException e) {
      throw new UserException(index + " is not JSON: remove the model and pull it again.", e);
    }
    return shards;
  }
}
