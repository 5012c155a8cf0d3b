package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of a state dict: a dictionary of tensors by name, as {@code torch.save} writes
 * it.
 *
 * <p>A pickle is a program that names the functions to call. Only those that put a tensor together
 * are known here, and they are never called but stand for records; any other is refused when it is
 * named. Of the library's instructions only those run that push numbers, strings, tuples and
 * references: none that looks up a class, makes an object or calls a method, so the constructors
 * that the library registers cannot be reached.
 *
 * <p>The instructions are those of PyTorch's own reader of untrusted files ({@code
 * torch/_weights_only_unpickler.py}), and those of newer pickle protocols for the same.
 */
final class StateDictUnpickler extends Unpickler {
  private static final String STORAGE = "storage";
  private static final int MAXIMUM_INSTRUCTIONS = 2_000_000;
  private static final int MAXIMUM_DIMENSIONS = 8;

  /** Bytes that a tensor's weights are taken from, in an entry of the file of their own. */
  record Storage(String type, String key, long size) {}

  /**
   * A tensor as the pickle describes it; nothing of it has been checked yet.
   *
   * @param offset of the first weight, in weights from the storage's beginning
   * @param strides weights between neighbours of each dimension
   */
  record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
    PickledTensor {
      shape = List.copyOf(shape);
      strides = List.copyOf(strides);
    }
  }

  /** What a pickle may name. */
  private sealed interface Global {}

  private enum Function implements Global {
    ORDERED_DICT,
    REBUILD_TENSOR,
    REBUILD_PARAMETER
  }

  private record StorageType(String name) implements Global {}

  private final String file;
  private final PickleSource source;
  private int instructions;

  private StateDictUnpickler(String file, byte[] pickle) {
    this.file = file;
    this.source = new PickleSource(pickle);
  }

  /**
   * Reads a pickle.
   *
   * @param file names the file in the message
   * @return the tensors by name
   * @throws UserException if the pickle is malformed, asks for anything but tensors, or is no state
   *     dict
   */
  static Map<String, PickledTensor> read(String file, byte[] pickle) {
    StateDictUnpickler unpickler = new StateDictUnpickler(file, pickle);
    try {
      return unpickler.tensors(unpickler.load(unpickler.source));
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library throws whatever a malformed pickle leads to: casts, indexes, numbers.
      throw new UserException(
          "The PyTorch file %s is corrupt: its list of tensors is malformed; download it again."
              .formatted(file),
          e);
    }
  }

  private Map<String, PickledTensor> tensors(@Nullable Object result) {
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    if (!(result instanceof Map<?, ?> dictionary)) {
      throw notAStateDict("it holds no dictionary");
    }
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      String name = (String) entry.getKey();
      if (!(entry.getValue() instanceof PickledTensor tensor)) {
        throw notAStateDict(GgufHeader.quoted(name) + " is no tensor");
      }
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private UserException notAStateDict(String why) {
    return new UserException(
        "The PyTorch file %s is no plain state dict: %s; save model.state_dict() alone."
            .formatted(file, why));
  }

  @Override
  protected Object dispatch(short key) throws IOException {
    if (++instructions > MAXIMUM_INSTRUCTIONS) {
      throw new PickleException("too many instructions");
    }
    switch (key) {
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.BINFLOAT,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPERSID -> {
        return super.dispatch(key);
      }
      case Opcodes.LONG1, Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINUNICODE -> {
        source.requireCounted(1);
        return super.dispatch(key);
      }
      case Opcodes.BINUNICODE -> {
        source.requireCounted(4);
        return super.dispatch(key);
      }
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>(0));
      case Opcodes.APPEND -> append(Collections.singletonList(stack.pop()));
      case Opcodes.APPENDS -> append(stack.pop_all_since_marker());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(Arrays.asList(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
      case Opcodes.GLOBAL -> stack.add(global(source.line(), source.line()));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(global((String) stack.pop(), name));
      }
      case Opcodes.INST -> {
        global(source.line(), source.line());
        throw unknownInstruction(key);
      }
      case Opcodes.REDUCE -> {
        Object[] arguments = (Object[]) stack.pop();
        stack.add(reduce((Function) stack.pop(), arguments));
      }
      case Opcodes.BUILD -> ignoreAttributes();
      default -> throw unknownInstruction(key);
    }
    return NO_RETURN_VALUE;
  }

  private UserException unknownInstruction(short key) {
    return new UserException(
        ("The PyTorch file %s is corrupt or no plain state dict: its pickle has the instruction"
                + " 0x%02x, which none has; save model.state_dict() alone.")
            .formatted(file, key));
  }

  /** What a name stands for; any but these few is refused before anything is made of it. */
  private Global global(String module, String name) {
    String global = module + "." + name;
    return switch (global) {
      case "collections.OrderedDict" -> Function.ORDERED_DICT;
      case "torch._utils._rebuild_tensor_v2" -> Function.REBUILD_TENSOR;
      case "torch._utils._rebuild_parameter" -> Function.REBUILD_PARAMETER;
      default -> {
        if (!global.matches("torch\\.[A-Z][A-Za-z0-9]{1,30}Storage")) {
          throw new UserException(
              ("The PyTorch file %s asks Python for %s, which no list of tensors needs and which"
                      + " could run a program, so it was not read; take the model's safetensors"
                      + " files instead.")
                  .formatted(file, GgufHeader.quoted(global)));
        }
        yield new StorageType(name);
      }
    };
  }

  @SuppressWarnings("unchecked") // Lists of objects are the only ones that are made here.
  private void append(List<Object> values) {
    ((ArrayList<Object>) stack.peek()).addAll(values);
  }

  /** Sets items of a dictionary; keys are strings, whose hash does not depend on other objects. */
  @SuppressWarnings("unchecked") // Dictionaries of objects are the only ones that are made here.
  private void put(List<Object> keysAndValues) {
    Map<Object, Object> dictionary = (Map<Object, Object>) stack.peek();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dictionary.put((String) keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private static Object reduce(Function function, Object[] arguments) {
    return switch (function) {
      case ORDERED_DICT -> {
        requireCount(arguments, 0, 0);
        yield new LinkedHashMap<>(0);
      }
      case REBUILD_TENSOR -> {
        requireCount(arguments, 6, 7);
        yield new PickledTensor(
            (Storage) arguments[0],
            integer(arguments[1]),
            integers(arguments[2]),
            integers(arguments[3]));
      }
      case REBUILD_PARAMETER -> {
        requireCount(arguments, 3, 3);
        yield (PickledTensor) arguments[0];
      }
    };
  }

  private static void requireCount(Object[] arguments, int least, int most) {
    if (arguments.length < least || arguments.length > most) {
      throw new PickleException("a wrong number of arguments");
    }
  }

  private static long integer(Object number) {
    return switch (number) {
      case Integer value -> value;
      case Long value -> value;
      default -> throw new PickleException("not a whole number");
    };
  }

  private static List<Long> integers(Object tuple) {
    Object[] numbers = (Object[]) tuple;
    if (numbers.length > MAXIMUM_DIMENSIONS) {
      throw new PickleException("too many dimensions");
    }
    List<Long> integers = new ArrayList<>();
    for (Object number : numbers) {
      integers.add(integer(number));
    }
    return integers;
  }

  /** A state dict carries attributes ({@code _metadata}), which say nothing of its tensors. */
  private void ignoreAttributes() {
    if (!(stack.pop() instanceof Map) || !(stack.peek() instanceof Map)) {
      throw new PickleException("attributes of something else than a dictionary");
    }
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    requireCount(parts, 5, 5);
    if (!STORAGE.equals(parts[0])) {
      throw new PickleException("a reference to something else than a storage");
    }
    return new Storage(((StorageType) parts[1]).name(), (String) parts[2], integer(parts[4]));
  }
}
