/* lookalike.c - both are brought to one spelling, sign by sign. */
#include "plein/lookalike.h"

/* The next sign of *s, which it steps over; NUL at the end. */
static char
take_sign(const char **s)
{
	const char *p = *s;
	char c;

	while (*p == '.' || *p == '-')
		p++;
	c = *p;
	if (c)
		p++;
	if (c == '0')
		c = 'o';
	else if (c == '1' || c == 'i')
		c = 'l';
	if ((c == 'r' && *p == 'n') || (c == 'v' && *p == 'v')) {
		c = c == 'r' ? 'm' : 'w';
		p++;
	}
	*s = p;
	return c;
}

bool
lookalike(const char *a, const char *b)
{
	char x, y;

	do {
		x = take_sign(&a);
		y = take_sign(&b);
	} while (x == y && x != '\0');
	return x == y;
}
