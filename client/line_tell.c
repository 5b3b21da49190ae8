/* line_tell.c - see line_tell.h. */
#include "line_tell.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/wordwrap.h"

static const struct telling_part *
part_at(const struct line_tell *t, size_t i)
{
	return t->telling.parts.items[i];
}

static bool
is_choice(const struct telling_part *part)
{
	return part->kind != TELLING_TEXT && part->kind != TELLING_HEADING;
}

/* --- sentences --- */

static bool
ends_sentence(const char *s)
{
	return *s && strchr(".?!", *s) && (!s[1] || s[1] == ' ');
}

/* Bytes of the first `n` sentences; *found: how many there were. */
static size_t
skip_sentences(const char *s, size_t n, size_t *found)
{
	size_t i = 0;

	*found = 0;
	while (s[i] && *found < n)
		if (ends_sentence(s + i++))
			(*found)++;
	while (s[i] == ' ')
		i++;
	return i;
}

static size_t
count_sentences(const struct telling_part *part)
{
	size_t n;

	if (part->kind != TELLING_TEXT)
		return 1;
	(void)skip_sentences(part->text, (size_t)-1, &n);
	return n ? n : 1;
}

/* A paragraph longer than a part becomes several. */
static void
add_text(struct telling *t, const char *text)
{
	while (*text) {
		size_t n, len = skip_sentences(text, LINE_SENTENCES, &n);
		char *piece = mem_strndup(text, len);

		telling_add(t, TELLING_TEXT, piece, 0);
		free(piece);
		text += len;
	}
}

/* --- making --- */

static void
add_lines(struct telling *t, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = mem_strndup(text, len);

		add_text(t, line);
		free(line);
		text += len;
		text += *text == '\n';
	}
}

static void
take_telling(struct line_tell *t, const struct telling *from)
{
	for (size_t i = 0; i < from->parts.len; i++) {
		const struct telling_part *part = from->parts.items[i];

		if (part->kind == TELLING_TEXT)
			add_lines(&t->telling, part->text);
		else
			telling_add(&t->telling, part->kind, part->text,
				    part->value);
	}
}

static void
add_sentence(struct buf *out, const struct buf *words)
{
	if (!words->len)
		return;
	if (out->len)
		buf_char(out, ' ');
	buf_add(out, words->ptr, words->len);
	if (!strchr(".?!", words->ptr[words->len - 1]))
		buf_char(out, '.');
}

static void
make_head(struct line_tell *t, const struct view *v)
{
	struct head h;

	head_init(&h);
	v->ops->head(v, &h);
	add_sentence(&t->head, &h.title);
	add_sentence(&t->head, &h.state);
	add_sentence(&t->head, &h.place);
	add_sentence(&t->head, &h.fact);
	head_release(&h);
}

void
line_tell_make(struct line_tell *t, const struct view *v)
{
	struct telling told;
	struct buf where = BUF_INIT;

	memset(t, 0, sizeof(*t));
	telling_init(&t->telling);
	buf_init(&t->head);
	t->place = v->ops->place;
	telling_init(&told);
	if (v->ops->tell) {
		v->ops->tell(v, &told);
	} else {
		v->ops->where(v, &where);
		telling_add(&told, TELLING_TEXT, where.ptr, 0);
	}
	take_telling(t, &told);
	if (!v->ops->height)
		make_head(t, v);
	telling_release(&told);
	buf_release(&where);
}

void
line_tell_release(struct line_tell *t)
{
	telling_release(&t->telling);
	buf_release(&t->head);
}

bool
line_tell_is_same(const struct line_tell *a, const struct line_tell *b)
{
	size_t n = a->telling.parts.len;

	if (a->place != b->place || n != b->telling.parts.len ||
	    strcmp(a->head.ptr, b->head.ptr) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (part_at(a, i)->kind != part_at(b, i)->kind ||
		    strcmp(part_at(a, i)->text, part_at(b, i)->text) != 0)
			return false;
	return true;
}

/* --- showing --- */

void
line_wrap(const char *text, int width, struct buf *out)
{
	struct buf line = BUF_INIT;
	const char *s;
	size_t len;

	filter_line(&line, text, strlen(text));
	s = line.ptr;
	len = line.len;
	while (len) {
		size_t n = wordwrap_prose(s, len, width), shown = n;

		while (shown && s[shown - 1] == ' ')
			shown--;
		buf_add(out, s, shown);
		buf_char(out, '\n');
		s += n;
		len -= n;
	}
	buf_release(&line);
}

void
line_wrap_text(const char *text, int width, struct buf *out)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = mem_strndup(text, len);

		if (len)
			line_wrap(line, width, out);
		else
			buf_char(out, '\n');
		free(line);
		text += len + (text[len] == '\n');
	}
}

/* The text of a page numbers its links itself; they are listed when asked
 * for. */
static bool
is_listed(const struct line_tell *t, size_t i)
{
	return !is_choice(part_at(t, i)) ||
	       !(t->place & (PLACE_PROSE & ~PLACE_FILE));
}

/* Where the part that begins at `i` ends. */
static size_t
end_of_part(const struct line_tell *t, size_t i)
{
	size_t n = 0;

	for (; i < t->telling.parts.len; i++) {
		if (is_listed(t, i))
			n += count_sentences(part_at(t, i));
		if (n > LINE_SENTENCES)
			break;
	}
	return i;
}

static size_t
count_choices(const struct line_tell *t, size_t before)
{
	size_t n = 0;

	for (size_t i = 0; i < before; i++)
		n += is_choice(part_at(t, i));
	return n;
}

static void
show_piece(const struct line_tell *t, size_t i, int width, struct buf *out)
{
	const struct telling_part *part = part_at(t, i);
	struct buf line = BUF_INIT;

	if (is_choice(part))
		buf_printf(&line, "%zu. ", count_choices(t, i) + 1);
	buf_str(&line, part->text);
	line_wrap(line.ptr, width, out);
	buf_release(&line);
}

/* A list says first how long it is; a page has links. */
static void
show_length(const struct line_tell *t, int width, struct buf *out)
{
	size_t n = count_choices(t, t->telling.parts.len);
	struct buf line = BUF_INIT;

	if (t->place == PLACE_PAGE)
		buf_printf(&line, ngettext("%zu link.", "%zu links.", n), n);
	else if (n && (t->place & (PLACE_START | PLACE_LISTING | PLACE_MENU)))
		buf_printf(&line,
			   ngettext("%zu to choose from:",
				    "%zu to choose from:", n),
			   n);
	line_wrap(line.ptr, width, out);
	buf_release(&line);
}

/* "Part 1 of 3. Enter for more.", unless it is all there is. */
static void
show_parts(const struct line_tell *t, size_t from, int width, struct buf *out)
{
	size_t all = 0, at = 0;
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < t->telling.parts.len; all++) {
		if (i <= from)
			at = all + 1;
		i = end_of_part(t, i);
	}
	if (all > 1)
		buf_printf(&line, _("Part %zu of %zu."), at, all);
	if (line_tell_has_more(t))
		buf_printf(&line, " %s", _("Enter for more."));
	line_wrap(line.ptr, width, out);
	buf_release(&line);
}

bool
line_tell_has_more(const struct line_tell *t)
{
	return t->next < t->telling.parts.len;
}

void
line_tell_part(struct line_tell *t, int width, struct buf *out)
{
	size_t from = t->next, i = 0;

	if (!from) {
		line_wrap(t->head.ptr, width, out);
		show_length(t, width, out);
	}
	while (i <= from && i < t->telling.parts.len)
		i = end_of_part(t, i);
	t->next = i;
	for (i = from; i < t->next; i++)
		if (is_listed(t, i))
			show_piece(t, i, width, out);
	show_parts(t, from, width, out);
}

bool
line_tell_changes(struct line_tell *t, const struct line_tell *was, int width,
		  struct buf *out)
{
	size_t n = t->telling.parts.len;

	if (t->place != was->place || n != was->telling.parts.len ||
	    strcmp(t->head.ptr, was->head.ptr) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(part_at(t, i)->text, part_at(was, i)->text) != 0)
			show_piece(t, i, width, out);
	t->next = n;
	return true;
}

bool
line_tell_seek(struct line_tell *t, const char *heading)
{
	while (*heading == ' ')
		heading++;
	for (size_t i = 0; i < t->telling.parts.len; i++) {
		if (part_at(t, i)->kind != TELLING_HEADING ||
		    strcmp(part_at(t, i)->text, heading) != 0)
			continue;
		t->next = i;
		return true;
	}
	return false;
}

void
line_tell_choices(const struct line_tell *t, int width, struct buf *out)
{
	show_length(t, width, out);
	for (size_t i = 0; i < t->telling.parts.len; i++)
		if (is_choice(part_at(t, i)))
			show_piece(t, i, width, out);
}

const struct telling_part *
line_tell_choice(const struct line_tell *t, size_t number)
{
	size_t n = 0;

	for (size_t i = 0; i < t->telling.parts.len; i++)
		if (is_choice(part_at(t, i)) && ++n == number)
			return part_at(t, i);
	return NULL;
}
