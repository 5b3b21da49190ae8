/* line_near.c - see line_near.h. */
#include "line_near.h"

#include <string.h>

#include "plein/distance.h"

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
	int distance = distance_of(n->word, known);

	if (distance >= n->distance)
		return;
	n->distance = distance;
	n->found = known;
}
