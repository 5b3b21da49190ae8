/*
 * frontmatter.h - the YAML block between two `---` lines at the start of a
 * page. libyaml reads it; nothing here writes it: edits keep every other
 * byte as it is. A page without, or with a broken, block is all body.
 */
#ifndef PLEIN_FRONTMATTER_H
#define PLEIN_FRONTMATTER_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

struct frontmatter;

/*
 * Where the block is, readable or not: the lines between the `---` lines in
 * bytes *begin … *end, the body from *body on. False when there is none;
 * then the three have no meaning.
 */
bool
frontmatter_find(const char *text, size_t len, size_t *begin, size_t *end,
		 size_t *body);

/*
 * Parse. Always gives an object; returns PLEIN_ERULE with the line when there
 * is a block that is no plain mapping of text, each key once (then there are no fields and the body
 * starts at 0). `text` need not outlive the call.
 */
int
frontmatter_parse(struct frontmatter **out, const char *text, size_t len,
		  struct err *err);

void
frontmatter_free(struct frontmatter *fm);

/* Byte where the body begins: after the closing `---` line. */
size_t
frontmatter_body(const struct frontmatter *fm);

/* Scalar value of a field, NULL for none or a list. Lives as long as fm. */
const char *
frontmatter_text(const struct frontmatter *fm, const char *key);

/* i-th item of a list field (a scalar counts as a list of one), or NULL. */
const char *
frontmatter_item(const struct frontmatter *fm, const char *key, size_t i);

/* Was it filled in? Not where it is empty, or as a template says what belongs
 * there: "[plaats]". */
bool
frontmatter_is_filled(const char *value);

/* A value in double quotes, appended; controls become blanks. */
void
frontmatter_quote(struct buf *out, const char *value);

/*
 * A new block with titel, type, status and further lines, appended to out.
 */
void
frontmatter_make(struct buf *out, const char *title, const char *kind,
		 const char *extra_lines);

#endif
