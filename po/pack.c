/*
 * pack.c - a catalogue as msgfmt writes it (its manual, "The Format of GNU MO
 * Files"), from stdin, as one of ours (plein/texts.h), to stdout.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/texts.h"

#define MO_MAGIC 0x950412deu

struct mo {
	uint32_t magic, revision, n, messages, translations; /* offsets */
};

struct mo_text {
	uint32_t len, at;
};

static void
read_all(struct buf *out)
{
	char part[4096];
	size_t n;

	while ((n = fread(part, 1, sizeof(part), stdin)) > 0)
		buf_add(out, part, n);
	if (ferror(stdin))
		die("cannot read");
}

/* The i-th of the table at an offset; a NUL is behind it. */
static struct mo_text
text_of(const struct buf *mo, uint32_t table, uint32_t i)
{
	struct mo_text text;
	size_t at = table + i * sizeof(text);

	if (at + sizeof(text) > mo->len)
		die("not a catalogue");
	memcpy(&text, mo->ptr + at, sizeof(text));
	if ((size_t)text.at + text.len >= mo->len)
		die("not a catalogue");
	return text;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct texts_row *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* All but the empty message, which is about the file itself. */
static uint32_t
pack(const struct buf *mo, const struct mo *head, struct texts_row *rows,
     struct buf *texts)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < head->n; i++) {
		struct mo_text from = text_of(mo, head->messages, i);
		struct mo_text to = text_of(mo, head->translations, i);

		if (from.len == 0)
			continue;
		rows[n].hash = texts_hash(mo->ptr + from.at);
		rows[n++].at = (uint32_t)texts->len;
		buf_add(texts, mo->ptr + to.at, to.len + 1);
	}
	return n;
}

/* Offsets count from the beginning of the file. */
static void
finish_rows(struct texts_row *rows, uint32_t n)
{
	size_t before = sizeof(struct texts_heading) + n * sizeof(*rows);

	qsort(rows, n, sizeof(*rows), compare_rows);
	for (uint32_t i = 0; i < n; i++) {
		rows[i].at += (uint32_t)before;
		if (i > 0 && rows[i].hash == rows[i - 1].hash)
			die("two messages have one hash: say one otherwise");
	}
}

int
main(void)
{
	struct texts_heading heading = { TEXTS_MAGIC, 0 };
	struct buf mo = BUF_INIT, texts = BUF_INIT;
	struct texts_row *rows;
	struct mo head;

	read_all(&mo);
	if (mo.len < sizeof(head))
		die("not a catalogue");
	memcpy(&head, mo.ptr, sizeof(head));
	if (head.magic != MO_MAGIC)
		die("not a catalogue");
	rows = mem_array(head.n + 1, sizeof(*rows));
	heading.n = pack(&mo, &head, rows, &texts);
	finish_rows(rows, heading.n);
	if (fwrite(&heading, sizeof(heading), 1, stdout) != 1 ||
	    fwrite(rows, sizeof(*rows), heading.n, stdout) != heading.n ||
	    fwrite(texts.ptr, 1, texts.len, stdout) != texts.len ||
	    fflush(stdout) != 0)
		die("cannot write");
	free(rows);
	buf_release(&texts);
	buf_release(&mo);
	return 0;
}
