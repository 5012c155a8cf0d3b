package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.RunnerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The module that a confined JVM runs: the classes of the package {@code runner}, taken out of this
 * program's own class path, with a module descriptor of their own.
 */
final class RunnerModule {
  static final String NAME = "dev.mallard.runner";
  private static final String PACKAGE = RunnerMain.class.getPackageName();
  private static final String BASE = "dev.mallard.sandbox";
  private static final String EXPORTED = PACKAGE + ".probe";

  private RunnerModule() {}

  /**
   * Writes the module.
   *
   * @return the names of its classes
   */
  static List<String> write(Path directory) {
    List<String> names = new ArrayList<>();
    try {
      URI location = RunnerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path classPathEntry = Path.of(location);
      if (Files.isDirectory(classPathEntry)) {
        copy(classPathEntry, directory, names);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(classPathEntry)) {
          copy(jar.getPath("/"), directory, names);
        }
      }
      Files.write(directory.resolve("module-info.class"), descriptor());
    } catch (IOException e) {
      throw new UncheckedIOException("The runner's classes cannot be copied", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path has an entry that is no URI", e);
    }
    return List.copyOf(names);
  }

  private static void copy(Path from, Path to, List<String> names) throws IOException {
    Path base = from.resolve(BASE.replace('.', '/'));
    try (Stream<Path> data = Files.list(base);
        Stream<Path> runner = Files.walk(from.resolve(PACKAGE.replace('.', '/')))) {
      Stream<Path> values =
          data.filter(
              file -> file.getFileName().toString().matches("Data(Value|Text)\\b.*\\.class"));
      for (Path file : Stream.concat(values, runner).sorted().toList()) {
        String name = from.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
          Path copy = to.resolve(name);
          Files.createDirectories(copy.getParent());
          Files.write(copy, Files.readAllBytes(file));
          names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
  }

  private static byte[] descriptor() {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(NAME),
                module ->
                    module
                        .requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null)
                        .exports(PackageDesc.of(EXPORTED), 0)));
  }

  /** Class files that tests are compiled against. */
  static Map<String, byte[]> exportedClasses() {
    String name = EXPORTED + ".AssertionSink";
    try (var in = RunnerModule.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return Map.of(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The runner's classes cannot be read", e);
    }
  }
}
