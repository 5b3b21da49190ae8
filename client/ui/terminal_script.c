/*
 * terminal_script.c - keys from a script, screens as text. The script is
 * split into steps when it is opened, so that a mistake in it is found before
 * anything runs. `type` becomes one step a character.
 *
 * A screen is only written, and a wait only judged, when nothing more comes of
 * the key before: that is what `rested` tells.
 */
#include "ui/terminal.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/vec.h"

#define WAIT_MAX_MS 10000

enum step_kind { STEP_SIZE, STEP_KEY, STEP_WAIT, STEP_SCREEN, STEP_STYLES };

struct step {
	enum step_kind kind;
	int rows, cols;
	struct key key;
	char *text; /* owned; key.text may point into it */
};

struct script {
	struct terminal base;
	struct vec steps; /* struct step * */
	size_t next;
	struct buf *log; /* borrowed */
	struct buf screen; /* as shown last */
	struct buf styles; /* and how: a letter a cell */
	int rows, cols;
	bool fresh; /* shown since the last key */
	bool rested; /* and nothing more comes of that key */
	bool waiting;
	int64_t deadline; /* of that wait */
};

static struct script *
script_of(struct terminal *t)
{
	return (struct script *)t;
}

/* --- parsing --- */

static struct step *
add_step(struct script *s, enum step_kind kind, const char *text, size_t len)
{
	struct step *step = mem_alloc(sizeof(*step));

	step->kind = kind;
	step->text = mem_strndup(text, len);
	vec_push(&s->steps, step);
	return step;
}

static void
free_step(void *item)
{
	struct step *step = item;

	free(step->text);
	free(step);
}

static bool
parse_size(struct script *s, const char *text)
{
	struct step *step = add_step(s, STEP_SIZE, "", 0);
	char *end;
	long rows = strtol(text, &end, 10);
	long cols = strtol(end, &end, 10);

	if (*end || rows < 5 || rows > 300 || cols < 20 || cols > 500)
		return false;
	step->rows = (int)rows;
	step->cols = (int)cols;
	step->key.code = KEY_WINDOW;
	step->key.text = "";
	return true;
}

static bool
parse_click(struct script *s, const char *text)
{
	struct step *step = add_step(s, STEP_KEY, "", 0);
	char *end;

	step->key.code = KEY_CLICK;
	step->key.text = "";
	step->key.row = (int)strtol(text, &end, 10) - 1;
	step->key.col = (int)strtol(end, &end, 10) - 1;
	return !*end && step->key.row >= 0 && step->key.col >= 0;
}

static bool
parse_wheel(struct script *s, const char *text)
{
	struct step *step = add_step(s, STEP_KEY, "", 0);

	step->key.code = KEY_WHEEL;
	step->key.text = "";
	step->key.number = *text == '-' ? -1 : 1;
	return strcmp(text, "-1") == 0 || strcmp(text, "1") == 0;
}

static bool
parse_keys(struct script *s, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, " ");
		struct step *step = add_step(s, STEP_KEY, text, len);

		if (!key_parse(step->text, &step->key))
			return false;
		if (!step->key.text)
			step->key.text = "";
		text += len;
		text += strspn(text, " ");
	}
	return true;
}

static bool
parse_type(struct script *s, const char *text)
{
	size_t len = strlen(text);
	uint32_t cp;

	while (len) {
		size_t n = utf8_decode(text, len, &cp);
		struct step *step = add_step(s, STEP_KEY, text, n);

		step->key.code = KEY_TEXT;
		step->key.text = step->text;
		step->key.len = n;
		text += n;
		len -= n;
	}
	return true;
}

static bool
parse_paste(struct script *s, const char *text)
{
	struct step *step;
	struct buf pasted = BUF_INIT;

	for (; *text; text++) {
		if (text[0] == '\\' && text[1] == 'n')
			buf_char(&pasted, '\n');
		else if (text[0] == '\\' && text[1] == '\\')
			buf_char(&pasted, '\\');
		else {
			buf_char(&pasted, *text);
			continue;
		}
		text++;
	}
	step = add_step(s, STEP_KEY, pasted.ptr, pasted.len);
	step->key.code = KEY_PASTE;
	step->key.text = step->text;
	step->key.len = pasted.len;
	buf_release(&pasted);
	return true;
}

static bool
parse_wait(struct script *s, const char *text)
{
	(void)add_step(s, STEP_WAIT, text, strlen(text));
	return *text != '\0';
}

static bool
parse_screen(struct script *s, const char *text)
{
	(void)add_step(s, STEP_SCREEN, text, strlen(text));
	return *text != '\0';
}

static bool
parse_styles(struct script *s, const char *text)
{
	(void)add_step(s, STEP_STYLES, text, strlen(text));
	return *text != '\0';
}

static const struct {
	const char *word;
	bool (*parse)(struct script *s, const char *rest);
} words[] = {
	{ "size ", parse_size },     { "key ", parse_keys },
	{ "type ", parse_type },     { "paste ", parse_paste },
	{ "wait ", parse_wait },     { "screen ", parse_screen },
	{ "styles ", parse_styles }, { "click ", parse_click },
	{ "wheel ", parse_wheel },
};

static bool
parse_line(struct script *s, const char *line)
{
	if (!*line || *line == '#')
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i].word);

		if (strncmp(line, words[i].word, len) == 0)
			return words[i].parse(s, line + len);
	}
	return false;
}

static int
parse_script(struct script *s, const char *text, struct err *err)
{
	int number = 1;

	for (; *text; number++) {
		size_t len = strcspn(text, "\n");
		char *line = mem_strndup(text, len);
		bool known = parse_line(s, line);

		free(line);
		if (!known)
			return err_set(err, PLEIN_ERULE, "script line %d",
				       number);
		text += len;
		if (*text)
			text++;
	}
	return 0;
}

/* --- running --- */

static void
script_size(struct terminal *base, int *rows, int *cols)
{
	*rows = script_of(base)->rows;
	*cols = script_of(base)->cols;
}

/* One letter a cell, blanks for what is plain; trailing ones cut. */
static void
dump_styles(const struct canvas *c, struct buf *out)
{
	static const char letters[STYLE_N + 1] = " rrbubu+-!?cp";

	for (int row = 0; row < canvas_rows(c); row++) {
		size_t end = out->len;

		for (int col = 0; col < canvas_cols(c); col++) {
			char l = letters[canvas_cell(c, row, col)->style];

			buf_char(out, l);
			if (l != ' ')
				end = out->len;
		}
		buf_erase(out, end, out->len - end);
		buf_char(out, '\n');
	}
}

static void
script_show(struct terminal *base, const struct canvas *c)
{
	struct script *s = script_of(base);

	buf_reset(&s->screen);
	canvas_dump(c, &s->screen);
	buf_reset(&s->styles);
	dump_styles(c, &s->styles);
	s->fresh = true;
}

static void
script_title(struct terminal *base, const char *text)
{
	(void)base;
	(void)text;
}

static int
script_fd(struct terminal *base)
{
	(void)base;
	return -1;
}

static bool
script_read(struct terminal *base)
{
	struct script *s = script_of(base);

	return s->next < s->steps.len;
}

static void
log_dump(struct script *s, const char *name, const struct buf *dump)
{
	buf_printf(s->log, "=== %s\n", name);
	buf_add(s->log, dump->ptr, dump->len);
}

/* Has the wait come to an end? One that fails ends the script. */
static bool
judge_wait(struct script *s, const char *text)
{
	if (strstr(s->screen.ptr, text)) {
		s->waiting = false;
		return true;
	}
	if (!s->waiting)
		s->deadline = clock_mono_ms() + WAIT_MAX_MS;
	s->waiting = true;
	if (clock_mono_ms() < s->deadline)
		return false;
	log_dump(s, "waited in vain", &s->screen);
	s->next = s->steps.len;
	s->waiting = false;
	return false;
}

static void
take_key(struct script *s, const struct step *step, struct key *out)
{
	if (step->kind == STEP_SIZE) {
		s->rows = step->rows;
		s->cols = step->cols;
	}
	*out = step->key;
	s->fresh = s->rested = false;
	s->next++;
}

static bool
script_key(struct terminal *base, bool idle, struct key *out)
{
	struct script *s = script_of(base);

	(void)idle;
	while (s->rested && s->next < s->steps.len) {
		const struct step *step = s->steps.items[s->next];

		if (step->kind == STEP_KEY || step->kind == STEP_SIZE) {
			take_key(s, step, out);
			return true;
		}
		if (step->kind == STEP_WAIT && !judge_wait(s, step->text))
			return false;
		if (step->kind == STEP_SCREEN)
			log_dump(s, step->text, &s->screen);
		if (step->kind == STEP_STYLES)
			log_dump(s, step->text, &s->styles);
		s->next++;
	}
	return false;
}

static bool
script_pending(struct terminal *base)
{
	return script_of(base)->waiting;
}

static void
script_rest(struct terminal *base)
{
	script_of(base)->rested = script_of(base)->fresh;
}

static void
script_close(struct terminal *base)
{
	struct script *s = script_of(base);

	if (!s)
		return;
	vec_release(&s->steps, free_step);
	buf_release(&s->screen);
	buf_release(&s->styles);
	free(s);
}

static void
script_adapt(struct terminal *base, const struct display *d)
{
	struct script *s = script_of(base);

	buf_str(s->log, "*** ");
	display_write(d, s->log);
	buf_char(s->log, '\n');
}

static void
script_copy(struct terminal *base, const char *text, size_t len)
{
	struct script *s = script_of(base);

	buf_str(s->log, "*** copied ");
	buf_add(s->log, text, len);
	buf_char(s->log, '\n');
}

static const struct terminal_ops script_ops = {
	.size = script_size,
	.show = script_show,
	.redraw = script_show,
	.title = script_title,
	.fd = script_fd,
	.read = script_read,
	.key = script_key,
	.pending = script_pending,
	.adapt = script_adapt,
	.copy = script_copy,
	.rest = script_rest,
	.close = script_close,
};

int
terminal_script_open(struct terminal **out, const char *script, struct buf *log,
		     struct err *err)
{
	struct script *s = mem_alloc(sizeof(*s));
	int r;

	s->base.ops = &script_ops;
	s->rows = 24;
	s->cols = 80;
	s->log = log;
	buf_init(&s->screen);
	buf_init(&s->styles);
	r = parse_script(s, script, err);
	if (r) {
		script_close(&s->base);
		s = NULL;
	}
	*out = s ? &s->base : NULL;
	return r;
}
