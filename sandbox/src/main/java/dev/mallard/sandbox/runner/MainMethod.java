package dev.mallard.sandbox.runner;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@code main} of a class as the {@code java} command does (JLS 12.1, JEP 512): with or
 * without arguments, static or not.
 */
final class MainMethod {
  private final Class<?> type;

  MainMethod(Class<?> type) {
    this.type = type;
  }

  void run() throws Throwable {
    Method main =
        find(String[].class)
            .or(this::find)
            .orElseThrow(() -> new NoSuchMethodException("main in " + type.getName()));
    main.setAccessible(true);
    try {
      Object instance = Modifier.isStatic(main.getModifiers()) ? null : newInstance();
      if (main.getParameterCount() == 0) {
        main.invoke(instance);
      } else {
        main.invoke(instance, (Object) new String[0]);
      }
    } catch (InvocationTargetException e) {
      throw cause(e);
    }
  }

  /** What the called method itself has thrown. */
  static Throwable cause(InvocationTargetException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }

  private @Nullable Object newInstance() throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private Optional<Method> find(Class<?>... parameters) {
    for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
      try {
        Method method = declaring.getDeclaredMethod("main", parameters);
        if (!Modifier.isPrivate(method.getModifiers())) {
          return Optional.of(method);
        }
      } catch (NoSuchMethodException e) {
        // Perhaps inherited.
      }
    }
    return Optional.empty();
  }
}
