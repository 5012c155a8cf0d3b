package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.instrumentation.TruffleInstrument.Env;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.NodeLibrary;
import com.oracle.truffle.api.nodes.LanguageInfo;
import com.oracle.truffle.api.nodes.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up the variables of what runs: a function's own, or the program's global ones. */
final class Variables {
  /** Functions with more variables than this are looked at in part. */
  private static final int MOST = 100;

  private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

  private final Env environment;
  private final LanguageInfo language;
  private final Set<String> builtinGlobals;

  /** Global variables that there are now are not the program's. */
  Variables(Env environment, LanguageInfo language) {
    this.environment = environment;
    this.language = language;
    this.builtinGlobals = isPython() ? Set.of() : globalNames();
  }

  private boolean isPython() {
    return language.getId().equals("python");
  }

  private Set<String> globalNames() {
    try {
      Set<String> names = new HashSet<>();
      Object members = INTEROP.getMembers(environment.getScope(language));
      for (long index = 0; index < INTEROP.getArraySize(members); index++) {
        names.add(INTEROP.asString(INTEROP.readArrayElement(members, index)));
      }
      return names;
    } catch (InteropException e) {
      return Set.of();
    }
  }

  /** The variables that only the running function has, by name. */
  Map<String, Object> locals(Node node, MaterializedFrame frame) throws InteropException {
    NodeLibrary nodes = NodeLibrary.getUncached(node);
    Map<String, Object> found = new LinkedHashMap<>();
    if (!nodes.hasScope(node, frame)) {
      return found;
    }
    Object scope = nodes.getScope(node, frame, true);
    Object last = scope;
    if (!isPython()) {
      // Blocks, from the innermost out, and then the function that they are in.
      while (displayName(last).equals("block") && INTEROP.hasScopeParent(last)) {
        last = INTEROP.getScopeParent(last);
      }
    }
    // Members of the scopes further out come after those of this one.
    Object members = INTEROP.getMembers(scope);
    long outer = INTEROP.hasScopeParent(last) ? size(INTEROP.getScopeParent(last)) : 0;
    readInto(found, scope, members, INTEROP.getArraySize(members) - outer);
    if (isPython() && INTEROP.hasScopeParent(scope)) {
      Object globals = INTEROP.getScopeParent(scope);
      if (INTEROP.hasScopeParent(globals)) {
        // The variables of a generator come after the global ones.
        Object generator = INTEROP.getScopeParent(globals);
        Object names = INTEROP.getMembers(generator);
        readInto(found, generator, names, INTEROP.getArraySize(names));
      }
    }
    return found;
  }

  /** The program's global variables that hold data. */
  Map<String, Object> globals(Node node, MaterializedFrame frame) throws InteropException {
    Map<String, Object> found = new LinkedHashMap<>();
    Object scope;
    if (isPython()) {
      NodeLibrary nodes = NodeLibrary.getUncached(node);
      if (!nodes.hasScope(node, frame)) {
        return found;
      }
      Object local = nodes.getScope(node, frame, true);
      scope = INTEROP.hasScopeParent(local) ? INTEROP.getScopeParent(local) : local;
    } else {
      scope = environment.getScope(language);
    }
    Object members = INTEROP.getMembers(scope);
    readInto(found, scope, members, INTEROP.getArraySize(members));
    found.values().removeIf(value -> !isData(value));
    return found;
  }

  private void readInto(Map<String, Object> found, Object scope, Object members, long count)
      throws InteropException {
    for (long index = 0; index < count && found.size() < MOST; index++) {
      String name = INTEROP.asString(INTEROP.readArrayElement(members, index));
      if (!isHidden(name) && !found.containsKey(name)) {
        read(scope, name).ifPresent(value -> found.put(name, value));
      }
    }
  }

  /** The variable's value; empty if it has none yet. */
  private Optional<Object> read(Object scope, String name) {
    try {
      Object value = INTEROP.readMember(scope, name);
      if (isPython() && typeName(value).equals("cell")) {
        // Python keeps variables that functions share in cells.
        value = INTEROP.readMember(value, "cell_contents");
      }
      return name.equals("this") && isGlobalObject(value) ? Optional.empty() : Optional.of(value);
    } catch (InteropException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      if (INTEROP.isException(e)) {
        return Optional.empty(); // Not yet initialized, or a getter that fails.
      }
      throw e;
    }
  }

  private boolean isHidden(String name) {
    return name.startsWith("__") || name.startsWith(".") || builtinGlobals.contains(name);
  }

  private static boolean isGlobalObject(Object value) {
    return INTEROP.isMemberReadable(value, "globalThis") || INTEROP.isNull(value);
  }

  private boolean isData(Object value) {
    return !INTEROP.isExecutable(value)
        && !INTEROP.isMetaObject(value)
        && !(isPython() && typeName(value).equals("module"));
  }

  private static String typeName(Object value) {
    try {
      return INTEROP.hasMetaObject(value)
          ? INTEROP.asString(INTEROP.getMetaSimpleName(INTEROP.getMetaObject(value)))
          : "";
    } catch (InteropException e) {
      return "";
    }
  }

  private static String displayName(Object scope) throws InteropException {
    return INTEROP.asString(INTEROP.toDisplayString(scope, false));
  }

  private static long size(Object scope) throws InteropException {
    return INTEROP.getArraySize(INTEROP.getMembers(scope));
  }
}
