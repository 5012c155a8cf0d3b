package dev.mallard.generator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One step of the decoder over several sequences, in the form that its program takes (see there for
 * the fields). Sequences that read one token each are put together by their length, so that little
 * is read of what shorter ones do not have.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Batch(
    long[] tokens,
    long[] positions,
    long[] slots,
    long[] groups,
    long[] indices,
    long[] lengths,
    long[] outputs,
    List<long[]> adapted) {

  /** Cached positions that one group may gather, which bounds the memory of a step. */
  private static final int MOST_GATHERED = 1 << 15;

  /**
   * Makes the batch of some readings.
   *
   * @param adapters how many adapters the decoder has
   * @param apart whether each sequence is a group of its own, so that what is computed for it does
   *     not depend on the others' lengths
   */
  static Batch of(List<Reading> readings, int adapters, boolean apart) {
    List<List<Integer>> indices =
        apart ? IntStream.range(0, readings.size()).mapToObj(List::of).toList() : groups(readings);
    int[] ends = new int[readings.size()];
    int position = 0;
    for (int index : indices.stream().flatMap(List::stream).toList()) {
      position += readings.get(index).tokens().length;
      ends[index] = position;
    }
    List<List<Reading>> groups =
        indices.stream().map(group -> group.stream().map(readings::get).toList()).toList();
    List<Reading> inOrder = groups.stream().flatMap(List::stream).toList();
    return new Batch(
        inOrder.stream().flatMapToLong(r -> IntStream.of(r.tokens()).asLongStream()).toArray(),
        inOrder.stream().flatMapToLong(r -> LongStream.range(r.first(), r.length())).toArray(),
        inOrder.stream()
            .flatMapToLong(
                r -> IntStream.range(r.first(), r.length()).mapToLong(r.sequence()::slot))
            .toArray(),
        groups.stream().flatMapToLong(Batch::header).toArray(),
        groups.stream().flatMapToLong(Batch::gathered).toArray(),
        inOrder.stream().mapToLong(Reading::length).toArray(),
        IntStream.range(0, ends.length)
            .mapToObj(i -> LongStream.range(ends[i] - readings.get(i).wanted(), ends[i]))
            .flatMapToLong(wanted -> wanted)
            .toArray(),
        adapted(inOrder, adapters));
  }

  /** Numbers of the readings that go together. */
  private static List<List<Integer>> groups(List<Reading> readings) {
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> single = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).tokens().length == 1) {
        single.add(i);
      } else {
        groups.add(List.of(i));
      }
    }
    single.sort(Comparator.comparingInt(i -> -readings.get(i).length()));
    int at = 0;
    while (at < single.size()) {
      int longest = readings.get(single.get(at)).length();
      int end = at + 1;
      while (end < single.size()
          && (end + 1 - at) * (long) longest <= MOST_GATHERED
          && 2 * readings.get(single.get(end)).length() >= longest) {
        end++;
      }
      groups.add(single.subList(at, end));
      at = end;
    }
    return groups;
  }

  private static LongStream header(List<Reading> group) {
    Reading longest = group.getFirst();
    return LongStream.of(group.size(), longest.tokens().length, longest.length(), firstSlot(group));
  }

  private static int firstSlot(List<Reading> group) {
    Reading first = group.getFirst();
    return group.size() == 1 ? first.sequence().firstOfNeighbours(first.length()) : -1;
  }

  private static LongStream gathered(List<Reading> group) {
    if (firstSlot(group) >= 0) {
      return LongStream.empty();
    }
    int longest = group.getFirst().length();
    return group.stream()
        .flatMapToLong(r ->
            IntStream.range(0, longest).mapToLong(p -> p < r.length() ? r.sequence().slot(p) : 0));
  }

  private static List<long[]> adapted(List<Reading> inOrder, int adapters) {
    List<LongStream.Builder> rows = new ArrayList<>();
    for (int adapter = 0; adapter < adapters; adapter++) {
      rows.add(LongStream.builder());
    }
    int position = 0;
    for (Reading reading : inOrder) {
      int end = position + reading.tokens().length;
      if (reading.adapter() >= 0) {
        IntStream.range(position, end).forEach(rows.get(reading.adapter())::add);
      }
      position = end;
    }
    return rows.stream().map(builder -> builder.build().toArray()).toList();
  }
}
