package dev.mallard.sandbox.runner;

import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.DataValue.Bool;
import dev.mallard.sandbox.DataValue.Mapping;
import dev.mallard.sandbox.DataValue.Null;
import dev.mallard.sandbox.DataValue.Real;
import dev.mallard.sandbox.DataValue.Sequence;
import dev.mallard.sandbox.DataValue.Text;
import dev.mallard.sandbox.DataValue.Whole;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of a {@link DataValue} the Java value of a given type, of mutable collections. */
final class Coercion {
  private Coercion() {}

  static @Nullable Object coerce(DataValue value, Type type) throws CoercionException {
    return switch (type) {
      case GenericArrayType array -> array(value, array.getGenericComponentType());
      case WildcardType wildcard -> coerce(value, wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> coerce(value, variable.getBounds()[0]);
      case ParameterizedType generic -> toClass(value, raw(generic), arguments(generic));
      case Class<?> plain when plain.isArray() -> array(value, plain.getComponentType());
      case Class<?> plain -> toClass(value, plain, List.of(Object.class, Object.class));
      default -> throw misfit(value, type);
    };
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> raw(generic.getRawType());
      case GenericArrayType array -> raw(array.getGenericComponentType()).arrayType();
      case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
      default -> Object.class;
    };
  }

  /** Two type arguments; one that is given counts for both. */
  private static List<Type> arguments(ParameterizedType generic) {
    Type[] types = generic.getActualTypeArguments();
    return List.of(types[0], types[types.length - 1]);
  }

  private static @Nullable Object toClass(DataValue value, Class<?> type, List<Type> arguments)
      throws CoercionException {
    if (value instanceof Null) {
      if (type.isPrimitive()) {
        throw misfit(value, type);
      }
      return type == Optional.class ? Optional.empty() : null;
    }
    if (type == Optional.class) {
      return Optional.ofNullable(coerce(value, arguments.getFirst()));
    }
    @Nullable Object coerced =
        switch (value) {
          case Null() -> null;
          case Bool(boolean bool) -> (type == boolean.class || type.isInstance(bool)) ? bool : null;
          case Whole(BigInteger whole) -> number(whole, type);
          case Real(double real) -> number(real, type);
          case Text(String text) -> text(text, type);
          case Sequence(List<DataValue> elements) ->
              collection(elements, type, arguments.getFirst());
          case Mapping(Map<String, DataValue> entries) -> map(entries, type, arguments);
        };
    if (coerced == null) {
      throw misfit(value, type);
    }
    return coerced;
  }

  private static @Nullable Object number(BigInteger whole, Class<?> type) {
    int bits = whole.bitLength();
    if (type == int.class || type == Integer.class) {
      return bits < 32 ? whole.intValue() : null;
    }
    if (type == long.class || type == Long.class) {
      return bits < 64 ? whole.longValue() : null;
    }
    if (type == short.class || type == Short.class) {
      return bits < 16 ? whole.shortValue() : null;
    }
    if (type == byte.class || type == Byte.class) {
      return bits < 8 ? whole.byteValue() : null;
    }
    if (type == BigInteger.class) {
      return whole;
    }
    if (type == BigDecimal.class) {
      return new BigDecimal(whole);
    }
    if (type == double.class || type == Double.class) {
      return whole.doubleValue();
    }
    if (type == float.class || type == Float.class) {
      return whole.floatValue();
    }
    if (type.isAssignableFrom(Integer.class)) { // Object, Number, Comparable
      return bits < 32 ? (Object) whole.intValue() : bits < 64 ? (Object) whole.longValue() : whole;
    }
    return null;
  }

  private static @Nullable Object number(double real, Class<?> type) {
    if (type == float.class || type == Float.class) {
      return (float) real;
    }
    if (type == BigDecimal.class) {
      return new BigDecimal(Double.toString(real));
    }
    return (type == double.class || type.isAssignableFrom(Double.class)) ? real : null;
  }

  @SuppressWarnings("UnnecessaryStringBuilder") // The program wants one.
  private static @Nullable Object text(String text, Class<?> type) {
    if (type == char.class || type == Character.class) {
      return text.length() == 1 ? text.charAt(0) : null;
    }
    if (type == StringBuilder.class) {
      return new StringBuilder(text);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
    }
    return type.isInstance(text) ? text : null;
  }

  @SuppressWarnings("JdkObsolete") // The program may want any of them.
  private static @Nullable Object collection(
      List<DataValue> elements, Class<?> type, Type elementType) throws CoercionException {
    List<Supplier<Collection<@Nullable Object>>> kinds =
        List.of(
            ArrayList::new,
            LinkedHashSet::new,
            TreeSet::new,
            ArrayDeque::new,
            LinkedList::new,
            HashSet::new,
            PriorityQueue::new,
            Stack::new);
    for (Supplier<Collection<@Nullable Object>> kind : kinds) {
      Collection<@Nullable Object> collection = kind.get();
      if (type.isInstance(collection)) {
        for (DataValue element : elements) {
          collection.add(coerce(element, elementType));
        }
        return collection;
      }
    }
    return null;
  }

  private static @Nullable Object map(
      Map<String, DataValue> entries, Class<?> type, List<Type> arguments)
      throws CoercionException {
    List<Supplier<Map<@Nullable Object, @Nullable Object>>> kinds =
        List.of(LinkedHashMap::new, TreeMap::new, HashMap::new);
    for (Supplier<Map<@Nullable Object, @Nullable Object>> kind : kinds) {
      Map<@Nullable Object, @Nullable Object> map = kind.get();
      if (type.isInstance(map)) {
        for (Map.Entry<String, DataValue> entry : new TreeMap<>(entries).entrySet()) {
          map.put(
              key(entry.getKey(), arguments.getFirst()),
              coerce(entry.getValue(), arguments.getLast()));
        }
        return map;
      }
    }
    return null;
  }

  /** A key, which is text, of a map whose keys may be numbers. */
  private static @Nullable Object key(String key, Type type) throws CoercionException {
    Class<?> raw = raw(type);
    try {
      if (raw == Double.class || raw == Float.class) {
        return coerce(new Real(Double.parseDouble(key)), type);
      }
      if (Number.class.isAssignableFrom(raw) && raw != Number.class) {
        return coerce(new Whole(new BigInteger(key)), type);
      }
    } catch (IllegalArgumentException e) {
      throw misfit(new Text(key), type);
    }
    return raw == Boolean.class ? Boolean.valueOf(key) : coerce(new Text(key), type);
  }

  private static @Nullable Object array(DataValue value, Type componentType)
      throws CoercionException {
    Class<?> component = raw(componentType);
    return switch (value) {
      case Null() -> null;
      case Text(String text) when component == char.class -> text.toCharArray();
      case Sequence(List<DataValue> elements) -> {
        Object array = Array.newInstance(component, elements.size());
        for (int index = 0; index < elements.size(); index++) {
          Array.set(array, index, coerce(elements.get(index), componentType));
        }
        yield array;
      }
      default -> throw misfit(value, component.arrayType());
    };
  }

  private static CoercionException misfit(DataValue value, Type type) {
    return new CoercionException(
        "%s is no %s".formatted(ValueText.cut(value.toString()), type.getTypeName()));
  }
}
