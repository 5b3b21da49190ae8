/* message.c - subject, body, trailers; see message.h. */
#include "plein/message.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/mem.h"

#define OURS "Plein-"
#define BLANKS " \t\r"

static const struct {
	const char *name;
	size_t field;
} trailer_names[] = {
	{ "Plein-Page: ", offsetof(struct message, page) },
	{ "Plein-Action: ", offsetof(struct message, action) },
	{ "Plein-Request: ", offsetof(struct message, request) },
	{ "Plein-Minor: ", offsetof(struct message, minor) },
};

#define N_TRAILERS (sizeof(trailer_names) / sizeof(trailer_names[0]))

static char **
field_of(const struct message *m, size_t i)
{
	return (char **)(void *)((char *)(size_t)m + trailer_names[i].field);
}

static size_t
line_len(const char *s)
{
	return strcspn(s, "\n");
}

static const char *
next_line(const char *s)
{
	s += line_len(s);
	return *s ? s + 1 : s;
}

/* Without the blanks at its end, among them the return of a "\r\n". */
static size_t
trimmed_len(const char *s)
{
	size_t n = line_len(s);

	while (n > 0 && strchr(BLANKS, s[n - 1]))
		n--;
	return n;
}

static const char *
skip_empty_lines(const char *s)
{
	while (*s && trimmed_len(s) == 0)
		s = next_line(s);
	return s;
}

/* Ours get a blank in front, so that none passes for a trailer. */
static void
add_line(struct buf *out, const char *line)
{
	const char *word = line + strspn(line, BLANKS);

	if (strncasecmp(word, OURS, strlen(OURS)) == 0) {
		buf_char(out, ' ');
		line = word;
	}
	buf_add(out, line, trimmed_len(line));
	buf_char(out, '\n');
}

/* What follows the subject; paragraphs stay one empty line apart. */
static void
add_body(struct buf *out, const char *note)
{
	note = skip_empty_lines(note);
	if (*note)
		buf_char(out, '\n');
	while (*note) {
		add_line(out, note);
		note = next_line(note);
		if (!*note || trimmed_len(note) > 0)
			continue;
		note = skip_empty_lines(note);
		if (*note)
			buf_char(out, '\n');
	}
}

/* Values are one line: another one could be a trailer of its own. */
static void
add_trailers(struct buf *out, const struct message *trailers)
{
	const char *value;
	bool any = false;
	size_t i;

	for (i = 0; i < N_TRAILERS; i++) {
		value = *field_of(trailers, i);
		if (!value || trimmed_len(value) == 0)
			continue;
		buf_printf(out, "%s%s%.*s\n", any ? "" : "\n",
			   trailer_names[i].name, (int)trimmed_len(value),
			   value);
		any = true;
	}
}

void
message_format(struct buf *out, const char *note, const char *fallback,
	       const struct message *trailers)
{
	note = skip_empty_lines(note ? note : "");
	if (!*note)
		note = skip_empty_lines(fallback);
	note += strspn(note, BLANKS);
	buf_add(out, note, trimmed_len(note));
	buf_char(out, '\n');
	add_body(out, next_line(note));
	add_trailers(out, trailers);
}

static void
take_trailer(struct message *m, const char *line)
{
	size_t i, n;

	for (i = 0; i < N_TRAILERS; i++) {
		n = strlen(trailer_names[i].name);
		if (strncmp(line, trailer_names[i].name, n) != 0)
			continue;
		free(*field_of(m, i));
		*field_of(m, i) = mem_strndup(line + n, line_len(line) - n);
	}
}

/* Trailers count only in the last paragraph, as for git. */
static const char *
last_paragraph(const char *text)
{
	const char *last = "", *line;
	bool after_blank = false;

	for (line = text; *line; line = next_line(line)) {
		if (line_len(line) > 0 && after_blank)
			last = line;
		after_blank = line_len(line) == 0;
	}
	return last;
}

void
message_parse(struct message *m, const char *text)
{
	const char *line;

	memset(m, 0, sizeof(*m));
	m->subject = mem_strndup(text, line_len(text));
	for (line = last_paragraph(text); *line; line = next_line(line))
		take_trailer(m, line);
}

void
message_release(struct message *m)
{
	size_t i;

	free(m->subject);
	for (i = 0; i < N_TRAILERS; i++)
		free(*field_of(m, i));
	memset(m, 0, sizeof(*m));
}
