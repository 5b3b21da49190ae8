/* daytext.c - see daytext.h. */
#include "plein/daytext.h"

#include <ctype.h>
#include <stdio.h>

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* Three numbers with dashes between and nothing else. */
static bool
read_numbers(const char *s, size_t len, int n[3])
{
	size_t i, digits = 0;
	int k = 0;

	n[0] = n[1] = n[2] = 0;
	for (i = 0; i < len; i++) {
		if (isdigit((unsigned char)s[i]) && digits < 4) {
			n[k] = 10 * n[k] + (s[i] - '0');
			digits++;
		} else if (s[i] == '-' && digits > 0 && k < 2) {
			k++;
			digits = 0;
		} else {
			return false;
		}
	}
	return k == 2 && digits > 0;
}

bool
daytext_read(const char *s, size_t len, char out[DAYTEXT_LEN + 1])
{
	int n[3], t;

	out[0] = '\0';
	if (!s || !read_numbers(s, len, n))
		return false;
	if (n[0] < 1000) { /* 1-6-2026 */
		t = n[0];
		n[0] = n[2];
		n[2] = t;
	}
	if (n[0] < 1000 || n[1] < 1 || n[1] > 12 || n[2] < 1 ||
	    n[2] > days_in(n[0], n[1]))
		return false;
	(void)snprintf(out, DAYTEXT_LEN + 1, "%04u-%02u-%02u",
		       (unsigned)n[0] % 10000, (unsigned)n[1] % 100,
		       (unsigned)n[2] % 100);
	return true;
}
