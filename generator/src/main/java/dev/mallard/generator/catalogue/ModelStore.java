package dev.mallard.generator.catalogue;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models that Mallard has downloaded: a folder for each, which appears only when it is whole.
 *
 * <p>On the way there a model is in {@code .partial/KEY}, with {@code .locks/KEY} held.
 */
final class ModelStore {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,199}");
  private static final long MARGIN = 64 << 20;

  private final Path root;
  private final Disk disk;

  ModelStore(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  Path root() {
    return root;
  }

  Optional<InstalledModel> find(String key) {
    Path folder = folder(key);
    return Manifest.read(folder)
        .map(manifest ->
            new InstalledModel(
                manifest.name(),
                manifest.checkpoint().isEmpty() ? folder : folder.resolve(manifest.checkpoint()),
                manifest.bytes(),
                manifest.origin(),
                manifest.version(),
                true));
  }

  List<InstalledModel> all() {
    List<InstalledModel> models = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[A-Za-z0-9]*")) {
        for (Path folder : folders) {
          String key = folder.getFileName().toString();
          if (KEY.matcher(key).matches()) {
            find(key).ifPresent(models::add);
          }
        }
      } catch (IOException e) {
        throw unusable(e);
      }
    }
    return models;
  }

  /**
   * Makes sure that there is room for a model.
   *
   * @throws UserException if there is not, with the numbers
   */
  void checkSpace(String key, RemoteModel model) {
    try {
      Path partial = partial(key);
      long there = Files.isDirectory(partial) ? size(partial) : 0;
      long wanted = Math.max(0, model.diskBytes() - there) + MARGIN;
      Files.createDirectories(root);
      long free = disk.usableBytes(root);
      if (free < wanted) {
        throw new UserException(
            "%s takes %s in %s, where %s are free: free some space, or set MALLARD_CACHE to a folder"
                    .formatted(key, ByteSize.format(wanted), root, ByteSize.format(free))
                + " on another disk.");
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Gets a model, unless it is there; after another process that is getting it. */
  InstalledModel install(String key, String name, RemoteModel model, DownloadProgress progress)
      throws InterruptedException {
    Path partial = partial(key);
    Runnable waiting =
        () -> progress.onMessage("Another process is getting " + name + ": waiting for it.");
    try (StoreLock _ = StoreLock.acquire(lock(key), waiting)) {
      Optional<InstalledModel> there = find(key);
      if (there.isPresent()) {
        return there.get();
      }
      checkSpace(key, model);
      Files.createDirectories(partial);
      ProgressMeter meter = new ProgressMeter(name, model.downloadBytes(), progress);
      model.fetch(partial, meter).write(partial);
      discard(key); // what was there was not whole
      FileDownloader.move(partial, folder(key));
      meter.finish();
      return find(key).orElseThrow(() -> new IOException("the model is gone again"));
    } catch (IOException e) {
      throw unusable(e);
    } catch (PartialFile.DiskFullException e) {
      deleteQuietly(partial);
      throw e;
    }
  }

  /**
   * Removes a model, and what there is of one that was not got to its end.
   *
   * @return how many bytes that freed; 0 if there was nothing
   */
  long remove(String key) {
    try (StoreLock _ =
        StoreLock.tryAcquire(lock(key))
            .orElseThrow(() ->
                new UserException(
                    key + " is being downloaded: wait for that to end, then remove it."))) {
      long bytes = 0;
      for (Path path : List.of(folder(key), partial(key))) {
        bytes += Files.isDirectory(path) ? size(path) : 0;
      }
      discard(key);
      deleteRecursively(partial(key));
      return bytes;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Takes a model's folder out of sight at once, and then deletes it. */
  private void discard(String key) throws IOException {
    Path folder = folder(key);
    if (Files.isDirectory(folder)) {
      Files.createDirectories(root.resolve(".removed"));
      Path removed = Files.createTempDirectory(root.resolve(".removed"), key);
      FileDownloader.move(folder, removed.resolve(key));
      deleteRecursively(removed);
    }
  }

  private Path folder(String key) {
    return root.resolve(checked(key));
  }

  private Path partial(String key) {
    return root.resolve(".partial").resolve(checked(key));
  }

  private Path lock(String key) {
    return root.resolve(".locks").resolve(checked(key));
  }

  private static String checked(String key) {
    if (!KEY.matcher(key).matches() || key.contains("..")) {
      throw new IllegalArgumentException("no name for a folder: " + key);
    }
    return key;
  }

  private UserException unusable(IOException cause) {
    return new UserException(
        "The folder of models, %s, cannot be used (%s): check its permissions, or set MALLARD_CACHE."
            .formatted(root, cause),
        cause);
  }

  static long size(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder; a link in it is deleted, not followed. */
  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
