/* line_near.c - see line_near.h. */
#include "line_near.h"

#include <string.h>

#define WORD_MAX 24 /* longer words are far from all */

static int
least(int a, int b, int c)
{
	int d = a < b ? a : b;

	return d < c ? d : c;
}

int
line_distance(const char *a, const char *b)
{
	size_t n = strlen(b);
	int row[WORD_MAX + 1];

	if (strlen(a) > WORD_MAX || n > WORD_MAX)
		return LINE_FAR;
	for (size_t j = 0; j <= n; j++)
		row[j] = (int)j;
	for (size_t i = 1; a[i - 1]; i++) {
		int corner = row[0];

		row[0] = (int)i;
		for (size_t j = 1; j <= n; j++) {
			int same = corner + (a[i - 1] != b[j - 1]);

			corner = row[j];
			row[j] = least(row[j] + 1, row[j - 1] + 1, same);
		}
	}
	return row[n] < LINE_FAR ? row[n] : LINE_FAR;
}

void
line_near_init(struct line_near *n, const char *word)
{
	size_t half = strlen(word) / 2;

	n->word = word;
	n->found = NULL;
	n->distance = half < 2 ? (int)half + 1 : 3;
}

void
line_near_try(struct line_near *n, const char *known)
{
	int distance = line_distance(n->word, known);

	if (distance >= n->distance)
		return;
	n->distance = distance;
	n->found = known;
}
