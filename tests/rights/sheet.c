/* sheet.c - see sheet.h. */
#include "sheet.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/fs.h"
#include "plein/mem.h"

#define FILE_MAX ((size_t)256 * 1024)
#define BLANKS " \t"

/* Without the blanks around it. */
static char *
trim(char *s)
{
	size_t n;

	s += strspn(s, BLANKS);
	n = strlen(s);
	while (n > 0 && strchr(BLANKS, s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

/* Words with blanks between them, copied; how many. */
static int
split_words(char *s, char *words[SHEET_COLUMNS])
{
	char *word, *rest = NULL;
	int n = 0;

	for (word = strtok_r(s, BLANKS, &rest); word && n < SHEET_COLUMNS - 1;
	     word = strtok_r(NULL, BLANKS, &rest))
		words[n++] = mem_strdup(word);
	words[n] = NULL;
	return n;
}

static void
read_columns(struct sheet *t, char *s)
{
	for (int i = 0; i < t->n_columns; i++)
		free(t->columns[i]);
	t->n_columns = split_words(s, t->columns);
}

static void
read_host(struct sheet *t, char *s, int line)
{
	struct row *r = mem_alloc(sizeof(*r));
	bool once = *s == '>';
	char *json;

	s = trim(s + once);
	json = s + strcspn(s, BLANKS);
	r->kind = once ? ROW_ONCE : ROW_EACH;
	r->line = line;
	r->what = mem_strndup(s, (size_t)(json - s));
	r->request = mem_strdup(trim(json));
	vec_push(&t->rows, r);
}

static void
read_row(struct sheet *t, char *s, int line)
{
	struct row *r = mem_alloc(sizeof(*r));
	char *part[4];

	for (int i = 0; i < 4; i++)
		part[i] = strsep(&s, i < 3 ? "|" : "");
	if (!part[3])
		fail_msg("%s:%d: a row is: what | with what | words | request",
			 t->path, line);
	r->kind = ROW_ASKED;
	r->line = line;
	r->what = mem_strdup(trim(part[0]));
	r->object = mem_strdup(trim(part[1]));
	r->request = mem_strdup(trim(part[3]));
	if (split_words(part[2], r->cells) != t->n_columns)
		fail_msg("%s:%d: %d words are needed, one for each column",
			 t->path, line, t->n_columns);
	vec_push(&t->rows, r);
}

static void
read_line(struct sheet *t, char *s, int line)
{
	if (*s == '=')
		read_columns(t, s + 1);
	else if (*s == '>')
		read_host(t, s + 1, line);
	else if (*s && *s != '#')
		read_row(t, s, line);
}

void
sheet_read(struct sheet *t, const char *path)
{
	struct buf text = BUF_INIT;
	char *rest, *s;
	int line = 0;

	memset(t, 0, sizeof(*t));
	t->path = path;
	if (fs_read_at(AT_FDCWD, path, &text, FILE_MAX, NULL) < 0)
		fail_msg("%s cannot be read", path);
	rest = text.ptr;
	while ((s = strsep(&rest, "\n")))
		read_line(t, s, ++line);
	buf_release(&text);
}

static void
free_row(void *item)
{
	struct row *r = item;

	for (int i = 0; r->cells[i]; i++)
		free(r->cells[i]);
	free(r->what);
	free(r->object);
	free(r->request);
	free(r);
}

void
sheet_release(struct sheet *t)
{
	for (int i = 0; i < t->n_columns; i++)
		free(t->columns[i]);
	vec_release(&t->rows, free_row);
}

bool
sheet_agrees(const char *cell, const char *word)
{
	size_t len = strlen(word), n;

	for (; *cell; cell += n + (cell[n] == '/')) {
		n = strcspn(cell, "/");
		if (n == len && memcmp(cell, word, n) == 0)
			return true;
	}
	return false;
}

bool
sheet_has(const struct sheet *t, const char *what)
{
	const struct row *r;

	for (size_t i = 0; i < t->rows.len; i++) {
		r = t->rows.items[i];
		if (r->kind == ROW_ASKED && strcmp(r->what, what) == 0)
			return true;
	}
	return false;
}
