/* distance.c - see distance.h. Levenshtein's, a row at a time. */
#include "plein/distance.h"

#include <string.h>

#define WORD_MAX 24

static int
least(int a, int b, int c)
{
	int d = a < b ? a : b;

	return d < c ? d : c;
}

int
distance_of(const char *a, const char *b)
{
	size_t n = strlen(b);
	int row[WORD_MAX + 1];

	if (strlen(a) > WORD_MAX || n > WORD_MAX)
		return DISTANCE_FAR;
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
	return row[n] < DISTANCE_FAR ? row[n] : DISTANCE_FAR;
}
