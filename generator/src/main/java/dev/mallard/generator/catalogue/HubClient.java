package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import dev.mallard.generator.catalogue.UnavailableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks the Hugging Face hub what a repository holds.
 *
 * <p>The interface is the one that the hub's own client uses: {@code
 * /api/models/REPOSITORY/revision/REVISION?blobs=true} lists a commit's files with their sizes and
 * digests, {@code /REPOSITORY/resolve/COMMIT/FILE} gives them.
 */
final class HubClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHARD = Pattern.compile("model-\\d{5}-of-\\d{5}\\.safetensors");
  private static final List<String> SMALL_FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja");

  private final Service service;
  private final HttpFetcher fetcher;
  private final FileDownloader downloader;

  HubClient(Service service, HttpFetcher fetcher, FileDownloader downloader) {
    this.service = service;
    this.fetcher = fetcher;
    this.downloader = downloader;
  }

  /**
   * Looks up a checkpoint.
   *
   * @param name what the user calls it
   * @throws UnavailableException if the hub cannot be asked or does not have it
   * @throws UserException if it is no checkpoint that can be used, or not the one of the catalogue
   */
  RemoteModel open(String name, ModelSource.HuggingFace source) throws InterruptedException {
    String subject = subject(source);
    JsonNode json =
        fetcher.json(
            service,
            service.at(
                "api/models/"
                    + source.repository()
                    + "/revision/"
                    + encode(source.revision())
                    + "?blobs=true"),
            subject,
            PATIENCE);
    String commit = json.path("sha").asString("");
    if (!COMMIT.matcher(commit).matches()) {
      throw notAHub();
    }
    Map<String, JsonNode> siblings = new HashMap<>();
    for (JsonNode sibling : json.path("siblings")) {
      siblings.put(sibling.path("rfilename").asString(""), sibling);
    }
    Map<String, RemoteFile> pinned = new HashMap<>();
    source.pinned().forEach(file -> pinned.put(file.name(), file));
    List<RemoteFile> files = new ArrayList<>();
    for (String file : chosen(siblings.keySet(), subject)) {
      RemoteFile announced = announced(source, commit, file, siblings.get(file));
      files.add(reconcile(announced, Optional.ofNullable(pinned.remove(file)), subject));
    }
    if (!pinned.isEmpty()) {
      throw new UserException(
          "%s lacks %s of %s: update Mallard, or name another model."
              .formatted(service, pinned.keySet().iterator().next(), subject));
    }
    return new HubModel(name, source, commit, List.copyOf(files), service, downloader);
  }

  static String subject(ModelSource.HuggingFace source) {
    return source.revision().equals("main") || COMMIT.matcher(source.revision()).matches()
        ? source.repository()
        : source.repository() + "@" + source.revision();
  }

  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The files that make a checkpoint, of those that a repository has. */
  private static List<String> chosen(Iterable<String> names, String subject) {
    List<String> small = new ArrayList<>();
    List<String> shards = new ArrayList<>();
    boolean single = false;
    boolean index = false;
    for (String name : names) {
      if (SMALL_FILES.contains(name)) {
        small.add(name);
      } else if (SHARD.matcher(name).matches()) {
        shards.add(name);
      }
      single |= name.equals(HubModel.WEIGHTS);
      index |= name.equals(HubModel.INDEX);
    }
    if (!small.contains("config.json")
        || !small.contains("tokenizer.json")
        || (!single && (!index || shards.isEmpty()))) {
      throw new UserException(
          subject
              + " is no checkpoint that Mallard can load: it needs config.json, tokenizer.json and"
              + " safetensors weights, so name another repository, or the path of a GGUF file.");
    }
    small.sort(null);
    shards.sort(null);
    if (single) {
      small.add(HubModel.WEIGHTS);
    } else {
      small.add(HubModel.INDEX);
      small.addAll(shards);
    }
    return small;
  }

  private RemoteFile announced(
      ModelSource.HuggingFace source, String commit, String name, @Nullable JsonNode json)
      throws InterruptedException {
    if (json != null) {
      JsonNode lfs = json.path("lfs");
      Optional<ContentDigest> digest =
          ContentDigest.parse(lfs.path("sha256").asString(""))
              .or(() -> ContentDigest.parse(json.path("blobId").asString("")));
      long size = lfs.path("size").asLong(json.path("size").asLong(-1));
      if (digest.isPresent() && size >= 0) {
        return new RemoteFile(name, size, digest.get());
      }
    }
    return asked(source, commit, name);
  }

  /** Mirrors may list names only; then each file is asked for. */
  private RemoteFile asked(ModelSource.HuggingFace source, String commit, String name)
      throws InterruptedException {
    HttpResponse<InputStream> response =
        fetcher.head(
            service,
            service.at(HubModel.path(source, commit, name)),
            subject(source) + "/" + name,
            PATIENCE);
    try (InputStream _ = response.body()) {
      var headers = response.headers();
      Optional<ContentDigest> digest =
          headers
              .firstValue("X-Linked-Etag")
              .or(() -> headers.firstValue("ETag"))
              .flatMap(ContentDigest::parse);
      long size =
          headers
              .firstValueAsLong("X-Linked-Size")
              .orElse(headers.firstValueAsLong("Content-Length").orElse(-1));
      if (digest.isEmpty() || size < 0) {
        throw notAHub();
      }
      return new RemoteFile(name, size, digest.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RemoteFile reconcile(RemoteFile announced, Optional<RemoteFile> pinned, String subject) {
    if (pinned.isEmpty()) {
      return announced;
    }
    RemoteFile known = pinned.get();
    boolean same =
        known.size() == announced.size()
            && (announced.digest().kind() != known.digest().kind()
                || announced.digest().equals(known.digest()));
    if (!same) {
      throw new UserException(
          "%s offers another %s for %s than the one that Mallard knows, so it was not downloaded:"
                  .formatted(service, known.name(), subject)
              + " check HF_ENDPOINT, or name the repository itself to trust it.");
    }
    return known;
  }

  private UnavailableException notAHub() {
    String message = service + " does not answer as Hugging Face does: check HF_ENDPOINT.";
    return new UnavailableException(Reason.REFUSED, message, null);
  }
}
