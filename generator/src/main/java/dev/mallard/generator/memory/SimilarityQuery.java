package dev.mallard.generator.memory;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Queries for what is like a text. The text is split into words, of which the most telling by
 * tf-idf are looked for; none of its characters is syntax.
 */
final class SimilarityQuery {
  /** Words of a text that are looked for. */
  private static final int MOST_WORDS = 200;

  private SimilarityQuery() {}

  /**
   * A query for experiences that no hidden test has refuted.
   *
   * @param kind of the experiences
   * @param language in which they are
   * @param wanted for each field of words the text that its words should be like
   */
  static Query query(
      IndexReader reader,
      Analyzer analyzer,
      String kind,
      String language,
      Map<String, String> wanted)
      throws IOException {
    MoreLikeThis like = new MoreLikeThis(reader);
    like.setAnalyzer(analyzer);
    like.setMinTermFreq(1);
    like.setMinDocFreq(1);
    like.setMaxQueryTerms(MOST_WORDS);
    like.setMaxNumTokensParsed(Texts.LONGEST);
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .setMinimumNumberShouldMatch(1)
            .add(term(Fields.KIND, kind), Occur.FILTER)
            .add(term(Fields.LANGUAGE, language), Occur.FILTER)
            .add(term(Fields.HIDDEN_TESTS, Fields.FAILED), Occur.MUST_NOT);
    for (Map.Entry<String, String> text : wanted.entrySet()) {
      String bounded = Texts.bounded(text.getValue());
      query.add(like.like(text.getKey(), new StringReader(bounded)), Occur.SHOULD);
    }
    return query.build();
  }

  private static Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }
}
