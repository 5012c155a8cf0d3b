package dev.mallard.sandbox.jvm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** The files that a compiler sees: the platform, given classes as the class path, and no others. */
final class MemoryFileManager extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, byte[]> classPath;
  private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

  MemoryFileManager(StandardJavaFileManager platform, Map<String, byte[]> classPath) {
    super(platform);
    this.classPath = classPath;
  }

  /** The classes that were written, by their binary names. */
  Map<String, byte[]> written() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<Kind> kinds, boolean recurse)
      throws java.io.IOException {
    if (location == StandardLocation.CLASS_PATH) {
      List<JavaFileObject> files = new ArrayList<>();
      if (kinds.contains(Kind.CLASS)) {
        classPath.forEach((name, bytes) -> {
          String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
          if (inPackage.equals(packageName)) {
            files.add(new ClassFileObject(name, bytes));
          }
        });
      }
      return files;
    }
    return isPlatform(location) ? super.list(location, packageName, kinds, recurse) : List.of();
  }

  private static boolean isPlatform(Location location) {
    return location == StandardLocation.PLATFORM_CLASS_PATH
        || location == StandardLocation.SYSTEM_MODULES
        || !(location instanceof StandardLocation);
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.CLASS_PATH
        || (isPlatform(location) && super.hasLocation(location));
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof ClassFileObject classFile
        ? classFile.name
        : super.inferBinaryName(location, file);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      JavaFileManager.Location location, String className, Kind kind, FileObject sibling) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.put(className, bytes);
    return new OutputFileObject(className, bytes);
  }

  @Override
  public boolean isSameFile(FileObject first, FileObject second) {
    return first.toUri().equals(second.toUri());
  }

  @Override
  public void close() {
    // The platform's files stay open for the next compilation.
  }

  /** A source text, whatever the classes in it are called. */
  static final class SourceFileObject extends SimpleJavaFileObject {
    private final String source;

    SourceFileObject(String fileName, String source) {
      super(URI.create("memory:///" + fileName), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }

  private static final class ClassFileObject extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    ClassFileObject(String name, byte[] bytes) {
      super(URI.create("memory:///classes/" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private static final class OutputFileObject extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes;

    OutputFileObject(String name, ByteArrayOutputStream bytes) {
      super(URI.create("memory:///output/" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.bytes = bytes;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }
}
