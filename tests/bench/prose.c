/* prose.c - see prose.h. Nothing here depends on time or on what came before:
 * a word follows from page, line, revision and place. */
#include "prose.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define LINE_WORDS 10
#define PARAGRAPH 5 /* lines */
#define VOCABULARY 8192
#define DRAWS 65536 /* places in the urn of words */
#define COMMON_RANK 30
#define RARE_PAGE 77
#define STRIDE 37 /* from one rewritten line to the next */

static const struct {
	const char *folder, *kind;
} kinds[] = {
	{ "themas", "thema" },
	{ "vraagstukken", "vraagstuk" },
	{ "ontwikkelingen", "ontwikkeling" },
	{ "standpunten", "standpunt" },
	{ "reflecties", "reflectie" },
	{ "besluiten", "besluit" },
	{ "organisaties", "organisatie" },
	{ "begrippen", "begrip" },
	{ "hoofdonderwerpen", "hoofdonderwerp" },
	{ "hulp", "hulp" },
};

#define N_KINDS ((int)(sizeof(kinds) / sizeof(kinds[0])))

static const char *const syllables[] = {
	"ge", "ver", "de", "aan", "op",	 "uit",	 "ter", "ling",
	"be", "en",  "ma", "ko",  "ro",	 "sta",	 "den", "wer",
	"an", "zo",  "mi", "lan", "lij", "baar", "in",	"heid",
};

#define N_SYLLABLES ((int)(sizeof(syllables) / sizeof(syllables[0])))

/* splitmix64: every bit of the result hangs on every bit of `x`. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15U;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

/* The word of rank r is in 1/(r+1) of the places that the first one has. */
static void
fill_urn(uint16_t urn[DRAWS])
{
	double sum = 0, reached = 0;
	int i = 0, r;

	for (r = 0; r < VOCABULARY; r++)
		sum += 1.0 / (r + 1);
	for (r = 0; r < VOCABULARY; r++) {
		reached += 1.0 / (r + 1);
		while (i < DRAWS && i < reached / sum * DRAWS)
			urn[i++] = (uint16_t)r;
	}
	while (i < DRAWS)
		urn[i++] = VOCABULARY - 1;
}

static int
draw_rank(uint64_t bits)
{
	static uint16_t urn[DRAWS];

	if (urn[DRAWS - 1] == 0)
		fill_urn(urn);
	return urn[bits % DRAWS];
}

static void
add_word(struct buf *out, int rank)
{
	if (rank == COMMON_RANK) {
		buf_str(out, PROSE_COMMON);
		return;
	}
	for (rank++; rank > 0; rank /= N_SYLLABLES)
		buf_str(out, syllables[rank % N_SYLLABLES]);
}

static void
add_words(struct buf *out, int page, int line, int revision)
{
	uint64_t seed = mix(((uint64_t)page << 32) ^ ((uint64_t)line << 20) ^
			    (uint64_t)revision);

	for (int i = 0; i < LINE_WORDS; i++) {
		if (i > 0)
			buf_char(out, ' ');
		add_word(out, draw_rank(mix(seed + (uint64_t)i)));
	}
}

static void
add_line(struct buf *out, int page, int line, int revision)
{
	add_words(out, page, line, revision);
	buf_str(out, line % PARAGRAPH == PARAGRAPH - 1 ? ".\n\n" : "\n");
}

void
prose_address(int i, char address[PROSE_ADDRESS])
{
	(void)snprintf(address, PROSE_ADDRESS, "%s/onderwerp-%d",
		       kinds[i % N_KINDS].folder, i);
}

static bool
is_decision(int i)
{
	return strcmp(kinds[i % N_KINDS].kind, "besluit") == 0;
}

static void
add_fields(struct buf *out, int i)
{
	buf_printf(out,
		   "---\ntitel: \"Onderwerp %d\"\ntype: %s\nstatus: concept\n"
		   "hoort_bij: [hoofdonderwerpen/digitale-veiligheid]\n"
		   "trefwoorden: [proef, \"reeks %d\"]\n",
		   i, kinds[i % N_KINDS].kind, i % 100);
	if (is_decision(i))
		buf_printf(out,
			   "datum: \"2024-%02d-%02d\"\nuitkomst: aangenomen\n"
			   "herzien_voor: \"2025-%02d-01\"\n",
			   1 + i / 10 % 12, 1 + i / 120 % 28, 1 + i / 10 % 12);
	buf_str(out, "---\n");
}

static void
add_action(struct buf *out, int i)
{
	buf_printf(out,
		   "## Acties\n\n| nr | actie | eigenaar (rol) | gereed op | "
		   "stand |\n| --- | --- | --- | --- | --- |\n"
		   "| a1 | Uitwerken | beleid | 2024-%02d-28 | open |\n\n",
		   1 + i / 10 % 12);
}

static void
add_link(struct buf *out, int to)
{
	char address[PROSE_ADDRESS];

	prose_address(to, address);
	buf_printf(out, "Zie [onderwerp %d](../%s.md).\n\n", to, address);
}

void
prose_page(struct buf *out, int i, int revision, int lines)
{
	int newest[PROSE_LINES] = { 0 }, k;

	for (k = 1; k <= revision; k++)
		newest[k * STRIDE % lines] = k;
	add_fields(out, i);
	for (k = 0; k < lines; k++)
		add_line(out, i, k, newest[k]);
	if (i == RARE_PAGE)
		buf_str(out, "Een " PROSE_RARE ".\n\n");
	if (is_decision(i))
		add_action(out, i);
	add_link(out, i / 2);
	add_link(out, i / 7);
}

void
prose_paragraph(struct buf *out, int i)
{
	for (int line = 0; line < PARAGRAPH; line++) {
		if (line > 0)
			buf_char(out, ' ');
		add_words(out, i, line, 0);
	}
	buf_str(out, ".\n\n");
}
