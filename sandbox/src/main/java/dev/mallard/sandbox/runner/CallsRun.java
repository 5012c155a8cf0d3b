package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.runner.Event.Held;
import dev.mallard.sandbox.runner.Event.Outcome;
import dev.mallard.sandbox.runner.Event.TestFailing;
import dev.mallard.sandbox.runner.Event.Threw;
import dev.mallard.sandbox.runner.Event.Unequal;
import dev.mallard.sandbox.runner.Job.CallData;
import dev.mallard.sandbox.runner.Job.RunCalls;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a method of the program with data, and compares what it returns with data. */
final class CallsRun {
  private final RunCalls task;
  private final Class<?> type;
  private final TestLog log;
  private final Problems problems;
  private final DataMatcher matcher;

  CallsRun(RunCalls task, Class<?> type, TestLog log, Problems problems) {
    this.task = task;
    this.type = type;
    this.log = log;
    this.problems = problems;
    matcher = new DataMatcher(task.tolerance());
  }

  void run() {
    int test = 0;
    for (CallData call : task.calls()) {
      log.begin(++test);
      Outcome outcome = outcome(test, call);
      log.end(test, outcome);
    }
  }

  private Outcome outcome(int test, CallData call) {
    @Nullable Object result;
    try {
      result = invoke(call.arguments());
    } catch (InvocationTargetException e) {
      log.stopClock();
      return new Threw(problems.describe(MainMethod.cause(e)));
    } catch (Throwable e) {
      log.stopClock();
      return new Threw(problems.describe(e));
    }
    log.stopClock();
    try {
      if (matcher.matches(result, call.expected())) {
        return new Held();
      }
    } catch (Throwable e) { // The program's own collection, which may do anything.
      return new Threw(problems.describe(e));
    }
    log.send(new TestFailing(test));
    return new Unequal(
        ValueText.cut(DataRendering.of(result)),
        ValueText.cut(call.expected().toString()),
        Optional.empty());
  }

  private @Nullable Object invoke(List<DataValue> arguments) throws ReflectiveOperationException {
    List<Method> candidates = candidates(arguments.size());
    @Nullable CoercionException misfit = null;
    for (Method method : candidates) {
      @Nullable Object[] coerced;
      try {
        coerced = coerced(method, arguments);
      } catch (CoercionException e) {
        misfit = misfit == null ? e : misfit;
        continue;
      }
      method.setAccessible(true);
      @Nullable Object instance = Modifier.isStatic(method.getModifiers()) ? null : newInstance();
      return method.invoke(instance, coerced);
    }
    if (misfit != null) {
      throw new IllegalArgumentException(misfit.getMessage());
    }
    throw new NoSuchMethodException(
        "%s.%s with %d parameters".formatted(type.getName(), task.method(), arguments.size()));
  }

  private List<Method> candidates(int arity) {
    List<Method> candidates = new ArrayList<>();
    for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
      for (Method method : declaring.getDeclaredMethods()) {
        if (method.getName().equals(task.method())
            && method.getParameterCount() == arity
            && !method.isBridge()
            && !Modifier.isAbstract(method.getModifiers())) {
          candidates.add(method);
        }
      }
    }
    // The order in which reflection gives methods is not specified.
    candidates.sort(Comparator.comparing(Method::toGenericString));
    return candidates;
  }

  private static @Nullable Object[] coerced(Method method, List<DataValue> arguments)
      throws CoercionException {
    Type[] types = method.getGenericParameterTypes();
    @Nullable Object[] coerced = new @Nullable Object[types.length];
    for (int index = 0; index < types.length; index++) {
      coerced[index] = Coercion.coerce(arguments.get(index), types[index]);
    }
    return coerced;
  }

  private Object newInstance() throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
