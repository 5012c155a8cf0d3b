// Runs a program in Pond: java Interpreter.java PROGRAM. The grammar says what the words mean.

final Pattern TOKEN = Pattern.compile("\\n|[ \\t\\r]+|--.*|'[^'\\n]*'|~?\\d+|[a-z]\\w*|.");
final int DEEPEST_CALL = 2000;

final Map<String, BinaryOperator<Long>> OF_NUMBERS =
    Map.of("add", Math::addExact, "sub", Math::subtractExact, "mul", Math::multiplyExact, "div", Math::floorDiv,
        "rem", Math::floorMod, "less", (a, b) -> a < b ? 1L : 0L);

/** The words that come last in a form, each after how many values it takes; a plus stands for "or more". */
final Map<String, String> WORDS = Stream.of(("0+flock 1+do 1+say 2+while 3+means 1=size 1=not 2=keep 2=swap "
        + "2=add 2=sub 2=mul 2=div 2=rem 2=same 2=less 2=at 2=join 3=pick 3=put").split(" "))
    .collect(Collectors.toMap(word -> word.substring(2), word -> word.substring(0, 2)));

record Word(String text, int line) {}
record Form(List<Object> in, Word last) {} // in it are numbers, texts, words and forms

final Deque<String> input = new ArrayDeque<>();
final Map<String, Form> functions = new HashMap<>();
final PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false);
int depth;

void main(String[] arguments) throws IOException {
  List<Object> program = read(Files.readString(Path.of(arguments[0])));
  new Scanner(System.in).forEachRemaining(input::add);
  all(program, new HashMap<>());
  out.flush();
}

/** Ends all if something is not right: with exit code 2 if the program does not parse, 1 if it fails. */
void check(boolean right, int exit, int line, String message) {
  if (!right) {
    out.flush();
    System.err.println("line " + line + ": " + message);
    System.exit(exit);
  }
}

List<Object> read(String program) {
  Deque<List<Object>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
  int line = 1;
  for (Matcher token = TOKEN.matcher(program); token.find(); line += token.group().equals("\n") ? 1 : 0) {
    String text = token.group();
    if (text.equals("[") || text.equals("(")) {
      open.push(new ArrayList<>());
    } else if (text.equals("]") || text.equals(")")) {
      check(open.size() > 1, 2, line, "'" + text + "' closes nothing");
      List<Object> in = open.pop();
      open.peek().add(text.equals(")") ? in : form(in, line));
    } else if (text.matches("~?\\d{1,18}")) {
      open.peek().add(Long.valueOf(text.replace('~', '-')));
    } else if (text.matches("'.*'")) {
      open.peek().add(text.substring(1, text.length() - 1));
    } else if (!text.isBlank() && !text.startsWith("--")) {
      check(text.matches("[a-z]\\w*"), 2, line, "'" + text + "' is not understood");
      open.peek().add(new Word(text, line));
    }
  }
  check(open.size() == 1, 2, line, "the program ends, but a bracket is open");
  List<Object> forms = open.pop();
  check(!forms.isEmpty() && forms.stream().allMatch(Form.class::isInstance), 2, 1, "a program is forms in [ ]");
  forms.stream().map(Form.class::cast).filter(form -> form.last().text().equals("means"))
      .forEach(function -> functions.put(((Word) function.in().getFirst()).text(), function));
  return forms;
}

Form form(List<Object> in, int line) {
  check(!in.isEmpty() && in.getLast() instanceof Word, 2, line, "the last thing in [ ] is a word");
  Word last = (Word) in.removeLast();
  boolean early = in.stream().anyMatch(value -> value instanceof Word word && WORDS.containsKey(word.text()));
  check(!early, 2, line, "only the last thing in [ ] is a word of the language");
  String count = WORDS.getOrDefault(last.text(), "0+");
  int least = count.charAt(0) - '0';
  boolean right = in.size() == least || in.size() > least && count.endsWith("+");
  right &= !last.text().equals("means") || in.getFirst() instanceof Word && in.get(1) instanceof List;
  right &= !last.text().matches("keep|swap") || in.getLast() instanceof Word;
  check(right, 2, last.line(), "'" + last.text() + "' does not take what stands before it");
  return new Form(in, last);
}

Object all(List<Object> nodes, Map<String, Object> names) {
  return nodes.stream().map(node -> value(node, names)).reduce(0L, (before, value) -> value);
}

Object value(Object node, Map<String, Object> names) {
  Word word = node instanceof Form form ? form.last() : node instanceof Word name ? name : new Word("", 0);
  try {
    return switch (node) {
      case Form form -> run(form.in(), word, names);
      case Word name when name.text().equals("more") -> input.isEmpty() ? 0L : 1L;
      case Word name when name.text().equals("ask") -> Long.valueOf(input.remove());
      case Word name -> Optional.of(names.get(name.text())).get();
      default -> node;
    };
  } catch (RuntimeException e) {
    check(false, 1, word.line(), "'" + word.text() + "' " + switch (e) {
      case NullPointerException n -> "is not the name of anything";
      case NoSuchElementException n -> "finds no more input";
      case ClassCastException c -> "does not take such values";
      case IndexOutOfBoundsException i -> "finds nothing at that place";
      default -> "has no result: " + e.getMessage();
    });
    throw e;
  }
}

Object run(List<Object> in, Word last, Map<String, Object> names) {
  switch (last.text()) {
    case "means":
      return 0L;
    case "pick":
      return value(in.get(value(in.getFirst(), names).equals(0L) ? 2 : 1), names);
    case "while":
      while (!value(in.getFirst(), names).equals(0L)) {
        all(in.subList(1, in.size()), names);
      }
      return 0L;
    case "keep", "swap":
      String name = ((Word) in.getLast()).text();
      Object value = value(in.getFirst(), names);
      check(names.containsKey(name) == last.text().equals("swap"), 1, last.line(),
          "'" + name + (names.containsKey(name) ? "' is kept already: swap it" : "' is not kept: keep it first"));
      names.put(name, value);
      return value;
    default:
      return apply(last, in.stream().map(node -> value(node, names)).toList());
  }
}

Object apply(Word last, List<Object> of) {
  List<?> list = last.text().matches("size|at|join|put") ? (List<?>) of.getFirst() : of;
  return switch (last.text()) {
    case "flock" -> of;
    case "do" -> of.getLast();
    case "say" -> {
      out.println(text(of));
      yield 0L;
    }
    case "not" -> of.getFirst().equals(0L) ? 1L : 0L;
    case "same" -> of.getFirst().equals(of.getLast()) ? 1L : 0L;
    case "size" -> (long) list.size();
    case "at" -> list.get(((Long) of.getLast()).intValue() - 1);
    case "join" -> Stream.concat(list.stream(), Stream.of(of.getLast())).toList();
    case "put" -> IntStream.range(0, list.size())
        .mapToObj(i -> of.get(1).equals(i + 1L) ? of.getLast() : list.get(i)).toList();
    case String word when OF_NUMBERS.containsKey(word) ->
        OF_NUMBERS.get(word).apply((Long) of.getFirst(), (Long) of.getLast());
    default -> call(functions.get(last.text()), last, of);
  };
}

Object call(Form function, Word name, List<Object> of) {
  List<?> parameters = (List<?>) function.in().get(1);
  check(parameters.size() == of.size(), 1, name.line(), "'" + name.text() + "' takes " + parameters.size() + " values");
  check(depth++ < DEEPEST_CALL, 1, name.line(), "calls go too deep");
  Map<String, Object> own = new HashMap<>();
  IntStream.range(0, of.size()).forEach(i -> own.put(((Word) parameters.get(i)).text(), of.get(i)));
  Object value = all(function.in().subList(2, function.in().size()), own);
  depth--;
  return value;
}

String text(Object value) {
  return value instanceof List<?> list ? list.stream().map(this::text).collect(Collectors.joining(" ")) : "" + value;
}
