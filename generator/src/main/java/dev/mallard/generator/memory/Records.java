package dev.mallard.generator.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of an index: how they are put, removed, and put in order. */
final class Records {
  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  private static final Sort OLDEST_FIRST = new Sort(byTime(false), byKey());
  static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE, byTime(true), byKey());

  private Records() {}

  /** Puts an experience, or puts it in the place of the same one; the number of records put. */
  static int put(IndexWriter writer, Experience experience) throws IOException {
    Term key = new Term(Fields.KEY, Fields.key(experience));
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      ScoreDoc[] same = new IndexSearcher(reader).search(new TermQuery(key), 1).scoreDocs;
      if (same.length > 0) {
        Experience earlier = Fields.read(reader.storedFields().document(same[0].doc));
        if (experience.provenance().isWeakerThan(earlier.provenance())) {
          LOG.debug("not remembered: it is already, with more tests");
          return 0;
        }
      }
    }
    writer.updateDocument(key, Fields.write(experience));
    return 1;
  }

  /** Removes records; their number. */
  static int remove(IndexWriter writer, Selection selection) throws IOException {
    List<Term> keys;
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      keys = keys(reader, selection);
    }
    if (!keys.isEmpty()) {
      writer.deleteDocuments(keys.toArray(Term[]::new));
      // What is deleted stays in the files until they are written anew.
      writer.forceMerge(1);
    }
    return keys.size();
  }

  /** The keys of records. */
  static List<Term> keys(DirectoryReader reader, Selection selection) throws IOException {
    List<Term> keys = new ArrayList<>();
    StoredFields stored = reader.storedFields();
    for (int document : oldestFirst(reader)) {
      Document record = stored.document(document);
      if (selection.contains(Fields.read(record))) {
        keys.add(new Term(Fields.KEY, Fields.text(record, Fields.KEY)));
      }
    }
    return keys;
  }

  /** The documents of all records. */
  static int[] oldestFirst(DirectoryReader reader) throws IOException {
    // Lucene does not look for none.
    int most = Math.max(1, reader.numDocs());
    TopDocs all = new IndexSearcher(reader).search(MatchAllDocsQuery.INSTANCE, most, OLDEST_FIRST);
    return Arrays.stream(all.scoreDocs).mapToInt(hit -> hit.doc).toArray();
  }

  private static SortField byTime(boolean newestFirst) {
    return LongField.newSortField(Fields.TIME, newestFirst, SortedNumericSelector.Type.MIN);
  }

  private static SortField byKey() {
    return new SortField(Fields.KEY, SortField.Type.STRING);
  }
}
