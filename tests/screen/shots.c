/*
 * shots.c - a picture of a screen, as libvterm shows it. "shots SCREEN TEXT
 * [ROLE]" opens a row of view/screen.def in 24 by 80, with the wiki of the
 * test, waits until the text and all around it are there, and writes SVG.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake_show.h"
#include "plein/utf8.h"
#include "screen.h"

#define ROWS 24
#define COLS 80
#define WIDE 8 /* of a cell, in pixels */
#define HIGH 17
#define BASE 13 /* line on which letters stand */
#define RIGHT_HALF ((uint32_t)-1)

static const char *const names[] = {
#define S(id, open) #id,
#include "view/screen.def"
};

static struct screen *
open_screen(const char *name)
{
	char which[16], fd[16], path[512];
	const char *argv[] = { path, "show", which, "0", fd, NULL };
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	int nowhere = open("/dev/null", O_WRONLY);
	size_t i = 0;

	while (i < sizeof(names) / sizeof(names[0]) && strcmp(names[i], name))
		i++;
	if (n < 0 || nowhere < 0 || i == sizeof(names) / sizeof(names[0]))
		return NULL;
	path[n] = '\0';
	(void)snprintf(which, sizeof(which), "%zu", i);
	(void)snprintf(fd, sizeof(fd), "%d", nowhere);
	return screen_run(ROWS, COLS, NULL, argv);
}

static bool
is_alike(const struct screen_look *a, const struct screen_look *b)
{
	return a->bold == b->bold && a->underline == b->underline &&
	       a->reverse == b->reverse && a->has_colour == b->has_colour &&
	       a->colour == b->colour;
}

/* Of the cube of 6 by 6 by 6 that begins at 16; others are not used. */
static unsigned
colour_of(const struct screen_look *look)
{
	static const unsigned steps[] = { 0, 95, 135, 175, 215, 255 };
	unsigned n = look->colour;

	if (!look->has_colour || n < 16 || n > 231)
		return 0x202020;
	n -= 16;
	return steps[n / 36] << 16 | steps[n / 6 % 6] << 8 | steps[n % 6];
}

static void
put_chars(const struct screen_look *look)
{
	char utf8[UTF8_MAX];

	for (int i = 0; i < SCREEN_CHARS && look->chars[i]; i++) {
		uint32_t c = look->chars[i];

		if (c == '&' || c == '<' || c == '>')
			(void)printf("&#%u;", (unsigned)c);
		else if (c != RIGHT_HALF)
			(void)printf("%.*s", (int)utf8_encode(c, utf8), utf8);
	}
}

/* Cells [from, to) of a row, which look alike. */
static void
put_run(const struct screen *s, int row, int from, int to)
{
	int x = from * WIDE, y = row * HIGH, width = (to - from) * WIDE;
	struct screen_look look;

	screen_look(s, row, from, &look);
	if (look.reverse)
		(void)printf("<rect x=\"%d\" y=\"%d\" width=\"%d\" "
			     "height=\"%d\" fill=\"#202020\"/>\n",
			     x, y, width, HIGH);
	(void)printf("<text x=\"%d\" y=\"%d\" textLength=\"%d\" "
		     "xml:space=\"preserve\" fill=\"#%06x\"%s%s>",
		     x, y + BASE, width,
		     look.reverse ? 0xffffff : colour_of(&look),
		     look.bold ? " font-weight=\"bold\"" : "",
		     look.underline ? " text-decoration=\"underline\"" : "");
	for (int col = from; col < to; col++) {
		screen_look(s, row, col, &look);
		put_chars(&look);
	}
	(void)puts("</text>");
}

static void
put_row(const struct screen *s, int row)
{
	struct screen_look first, next;
	int from = 0;

	for (int col = 1; col <= COLS; col++) {
		screen_look(s, row, from, &first);
		if (col < COLS)
			screen_look(s, row, col, &next);
		if (col < COLS && is_alike(&first, &next))
			continue;
		put_run(s, row, from, col);
		from = col;
	}
}

static void
put_picture(struct screen *s)
{
	(void)printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
		     "height=\"%d\" font-family=\"DejaVu Sans Mono\" "
		     "font-size=\"13.29\">\n"
		     "<rect width=\"100%%\" height=\"100%%\" "
		     "fill=\"#ffffff\"/>\n",
		     COLS * WIDE, ROWS * HIGH);
	for (int row = 0; row < ROWS; row++)
		put_row(s, row);
	(void)puts("</svg>");
}

int
main(int argc, char **argv)
{
	struct screen *s;
	bool shown;

	if (argc == 5 && strcmp(argv[1], "show") == 0)
		return fake_show(argv[2], argv[3], argv[4]);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	if (argc == 4)
		(void)setenv("FAKE_ROLE", argv[3], 1);
	s = argc >= 3 ? open_screen(argv[1]) : NULL;
	if (!s) {
		(void)fprintf(stderr, "usage: shots SCREEN TEXT [ROLE]\n");
		return 2;
	}
	/* Signed in, and painted to the last line. */
	shown = screen_wait(s, argv[2]) && screen_wait(s, "aangemeld") &&
		screen_wait_gone(s, "geen verbinding") &&
		screen_wait(s, "Hulp");
	if (shown)
		put_picture(s);
	else
		(void)fprintf(stderr, "%s: no \"%s\"\n", argv[1], argv[2]);
	screen_abandon(s);
	return shown ? 0 : 1;
}
