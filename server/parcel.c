/*
 * parcel.c - see parcel.h. Both ends are the same program on the same
 * machine, so numbers travel as they lie in memory. A text is its length, its
 * bytes and a NUL.
 */
#include "parcel.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"

#define BROKEN SIZE_MAX /* of `at`: something was read that is not there */

void
parcel_release(struct parcel *p)
{
	buf_release(&p->data);
	p->at = 0;
}

void
parcel_reset(struct parcel *p)
{
	buf_reset(&p->data);
	p->at = 0;
}

void
parcel_add_number(struct parcel *p, int64_t n)
{
	buf_add(&p->data, &n, sizeof(n));
}

void
parcel_add_text(struct parcel *p, const char *s, size_t len)
{
	parcel_add_number(p, (int64_t)len);
	buf_add(&p->data, s, len);
	buf_char(&p->data, '\0');
	if (p->data.len > PARCEL_MAX)
		die("a parcel of %zu bytes", p->data.len);
}

int
parcel_send(const struct parcel *p, int fd, struct err *err)
{
	uint64_t len = p->data.len;
	int rc = fs_write_fd(fd, &len, sizeof(len), err);

	if (!rc)
		rc = fs_write_fd(fd, p->data.ptr, p->data.len, err);
	return rc && errno == EPIPE
		       ? err_set(err, PLEIN_ECLOSED, "nobody reads any more")
		       : rc;
}

/* Exactly `len` bytes: 1, 0 when the pipe ended before the first. */
static int
read_all(int fd, void *to, size_t len, struct err *err)
{
	size_t got = 0;
	ssize_t n;

	while (got < len) {
		n = read(fd, (char *)to + got, len - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set_errno(err, errno, "read a parcel");
		if (n == 0 && got == 0)
			return 0;
		if (n == 0)
			return err_set(err, PLEIN_EPROTO,
				       "a parcel was cut off");
		got += (size_t)n;
	}
	return 1;
}

int
parcel_receive(struct parcel *p, int fd, struct err *err)
{
	uint64_t len = 0;
	int rc = read_all(fd, &len, sizeof(len), err);

	parcel_reset(p);
	if (rc <= 0)
		return rc;
	if (len > PARCEL_MAX)
		return err_set(err, PLEIN_EPROTO, "no parcel");
	if (len == 0)
		return 1;
	rc = read_all(fd, buf_room(&p->data, len), len, err);
	if (rc == 0)
		return err_set(err, PLEIN_EPROTO, "a parcel was cut off");
	if (rc < 0)
		return rc;
	p->data.len = len;
	p->data.ptr[len] = '\0';
	return 1;
}

static bool
has(const struct parcel *p, uint64_t n)
{
	return p->at <= p->data.len && n <= p->data.len - p->at;
}

int64_t
parcel_number(struct parcel *p)
{
	int64_t n = 0;

	if (!has(p, sizeof(n))) {
		p->at = BROKEN;
		return 0;
	}
	memcpy(&n, p->data.ptr + p->at, sizeof(n));
	p->at += sizeof(n);
	return n;
}

const char *
parcel_text(struct parcel *p, size_t *len)
{
	uint64_t n = (uint64_t)parcel_number(p);
	const char *s = "";

	if (n > PARCEL_MAX || !has(p, n + 1) ||
	    p->data.ptr[p->at + n] != '\0') {
		p->at = BROKEN;
		n = 0;
	} else {
		s = p->data.ptr + p->at;
		p->at += n + 1;
	}
	if (len)
		*len = n;
	return s;
}

bool
parcel_is_whole(const struct parcel *p)
{
	return p->at == p->data.len;
}
