package dev.mallard.sandbox.runner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Defines the classes of the program and of its tests, in one unnamed module and with assertions
 * enabled, which no program can change.
 */
final class GuestLoader extends ClassLoader {
  static {
    // A program that holds the lock of its loader must not keep others from loading.
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classFiles = new HashMap<>();

  /** Of two classes of one name, the tests' one is defined. */
  GuestLoader(List<ClassFileBytes> program, List<ClassFileBytes> tests) {
    super(GuestLoader.class.getClassLoader());
    program.forEach(classFile -> classFiles.put(classFile.name(), classFile.bytes()));
    tests.forEach(classFile -> classFiles.put(classFile.name(), classFile.bytes()));
    super.setDefaultAssertionStatus(true);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      byte[] classFile = classFiles.get(name);
      if (classFile == null) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, classFile, 0, classFile.length) : loaded;
    }
  }

  @Override
  public void setDefaultAssertionStatus(boolean enabled) {}

  @Override
  public void setPackageAssertionStatus(String packageName, boolean enabled) {}

  @Override
  public void setClassAssertionStatus(String className, boolean enabled) {}

  @Override
  public void clearAssertionStatus() {}
}
