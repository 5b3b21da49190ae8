/* spell.c - see spell.h. */
#include "spell/spell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/sandbox.h"
#include "spell/dictionary.h"

/* By language, the first of a language that is there. */
static const struct {
	const char *name, *language;
} known[] = {
	{ "nl", "nl" },
	{ "en_GB", "en" },
	{ "en_US", "en" },
};

#define N_KNOWN (sizeof(known) / sizeof(known[0]))

struct spell {
	struct dictionary *of[N_KNOWN]; /* NULL where there is none */
};

static bool
has_language(const struct spell *s, const char *language)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (s->of[i] && strcmp(known[i].language, language) == 0)
			return true;
	return false;
}

int
spell_open(struct spell **out, const char *folder, struct err *err)
{
	struct spell *s = mem_alloc(sizeof(*s));
	bool any = false;

	for (size_t i = 0; i < N_KNOWN; i++)
		if (!has_language(s, known[i].language) &&
		    dictionary_open(&s->of[i], folder, known[i].name, err) == 0)
			any = true;
	*out = any ? s : NULL;
	if (any)
		return 0;
	spell_close(s);
	return PLEIN_ENOTFOUND; /* the last one says why */
}

void
spell_close(struct spell *s)
{
	for (size_t i = 0; s && i < N_KNOWN; i++)
		dictionary_close(s->of[i]);
	free(s);
}

static bool
knows(const struct spell *s, const char *word)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (s->of[i] && dictionary_knows(s->of[i], word))
			return true;
	return false;
}

static json_t *
check(const struct spell *s, const char *words)
{
	json_t *unknown = json_array();

	while (*words) {
		size_t len = strcspn(words, "\n");
		char *word = mem_strndup(words, len);

		if (len && !knows(s, word))
			(void)json_array_append_new(unknown, json_string(word));
		free(word);
		words += len + (words[len] == '\n');
	}
	return json_pack("{s:o}", "unknown", unknown);
}

static bool
is_listed(const json_t *list, const char *word)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one)
	{
		if (strcmp(json_string_value(one), word) == 0)
			return true;
	}
	return false;
}

static void
suggest_of(const struct dictionary *d, const char *word, json_t *list)
{
	struct vec words = VEC_INIT;

	dictionary_suggest(d, word, &words);
	for (size_t i = 0; i < words.len; i++)
		if (json_array_size(list) < SPELL_WORDS_MAX &&
		    !is_listed(list, words.items[i]))
			(void)json_array_append_new(
				list, json_string(words.items[i]));
	vec_release(&words, free);
}

static json_t *
suggest(const struct spell *s, const char *word, const char *language)
{
	json_t *list = json_array();

	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < N_KNOWN; i++)
			if (s->of[i] && (strcmp(known[i].language, language) !=
					 0) == (others != 0))
				suggest_of(s->of[i], word, list);
	return json_pack("{s:o}", "words", list);
}

json_t *
spell_answer(const struct spell *s, const json_t *question)
{
	const char *words =
		json_string_value(json_object_get(question, "check"));
	const char *word =
		json_string_value(json_object_get(question, "suggest"));
	const char *language =
		json_string_value(json_object_get(question, "language"));

	if (words)
		return check(s, words);
	if (word)
		return suggest(s, word, language ? language : "nl");
	return json_object();
}

/* --- the process --- */

/* True with a line in `line`; what came behind it stays in `in`. */
static bool
read_line(int fd, struct buf *in, struct buf *line)
{
	for (;;) {
		char *end = in->len ? memchr(in->ptr, '\n', in->len) : NULL;
		ssize_t n;

		if (end) {
			size_t len = (size_t)(end - in->ptr);

			buf_reset(line);
			buf_add(line, in->ptr, len);
			buf_erase(in, 0, len + 1);
			return true;
		}
		if (in->len > SPELL_LINE_MAX)
			return false;
		n = read(fd, buf_room(in, 4096), 4096);
		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		in->len += n > 0 ? (size_t)n : 0;
	}
}

static int
answer_line(const struct spell *s, int fd, const struct buf *line)
{
	json_t *question = json_loadb(line->ptr, line->len, 0, NULL);
	json_t *answer = spell_answer(s, question);
	char *text = json_dumps(answer, JSON_COMPACT);
	struct buf out = BUF_INIT;
	int rc;

	buf_printf(&out, "%s\n", text ? text : "{}");
	rc = fs_write_fd(fd, out.ptr, out.len, NULL);
	json_decref(question);
	json_decref(answer);
	free(text);
	buf_release(&out);
	return rc;
}

static void
serve(const struct spell *s, int fd)
{
	struct buf in = BUF_INIT, line = BUF_INIT;

	while (read_line(fd, &in, &line) && answer_line(s, fd, &line) == 0)
		;
	buf_release(&in);
	buf_release(&line);
}

int
spell_run(int fd)
{
	struct err err = ERR_INIT;
	struct spell *s = NULL;
	int rc = spell_open(&s, SPELL_FOLDER, &err);

	if (rc == 0)
		rc = sandbox_close(SANDBOX_SPELL, &err);
	if (rc)
		log_event("spell.failed", LOG_TEXT("reason", err.msg));
	else
		serve(s, fd);
	spell_close(s);
	(void)close(fd); /* a socket: nothing to lose */
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
