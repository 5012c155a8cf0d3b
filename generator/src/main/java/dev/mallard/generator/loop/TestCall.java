package dev.mallard.generator.loop;

/**
 * The call that an assertion is about.
 *
 * @param text all of it
 * @param arguments where in it the bracket before its arguments is
 */
record TestCall(String text, int arguments) {
  /** The own name of what is called, without what it is a part of. */
  String name() {
    return text.substring(text.lastIndexOf('.', arguments) + 1, arguments);
  }

  /** The arguments in their brackets. */
  String argumentList() {
    return text.substring(arguments);
  }

  /** The same call with other arguments, in their brackets. */
  TestCall withArgumentList(String others) {
    return new TestCall(text.substring(0, arguments) + others, arguments);
  }
}
