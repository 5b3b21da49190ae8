/*
 * likeness.h - whether somebody was told the same in two wikis: answers line
 * by line, without what is another one in each (times, ids, fingerprints,
 * and words that begin with a mark), and whatever the order of rows.
 */
#ifndef PLEIN_RIGHTS_LIKENESS_H
#define PLEIN_RIGHTS_LIKENESS_H

/* How many lines differ; each is shown, with whose they are. A word of the mark
 * has two letters behind it. What came unasked (event.*) does not count. */
int
likeness_differ(const char *a, const char *b, const char *mark,
		const char *whose);

#endif
