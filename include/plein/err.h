/*
 * err.h - what can go wrong, as a number, a name and a line of English.
 *
 * A function that can fail returns 0 or a negative PLEIN_E… and fills the
 * caller's struct err. The number travels over the protocol and becomes an
 * exit code; the sentence for people is made, with gettext, by the process
 * that faces them.
 */
#ifndef PLEIN_ERR_H
#define PLEIN_ERR_H

enum plein_err {
	PLEIN_OK = 0,
	PLEIN_EUSAGE = -1, /* wrong parameters or words */
	PLEIN_EDENIED = -2, /* no right, or not signed in */
	PLEIN_ENOTFOUND = -3, /* page, version, account does not exist */
	PLEIN_EEXISTS = -4, /* already there */
	PLEIN_ECONFLICT = -5, /* the base is outdated, nothing written */
	PLEIN_ESAME = -6, /* nothing changed, nothing written */
	PLEIN_ERULE = -7, /* refused by a rule: name, field, encoding */
	PLEIN_ETOOBIG = -8, /* larger than a limit */
	PLEIN_EBUSY = -9, /* busy or away, try later; nothing written */
	PLEIN_EUNKNOWN = -10, /* not known whether it was written */
	PLEIN_EIO = -11, /* the system refused a call */
	PLEIN_ENOSPACE = -12, /* the disk or a quota is full */
	PLEIN_ECORRUPT = -13, /* stored data is damaged */
	PLEIN_EPROTO = -14, /* the other side breaks the protocol */
	PLEIN_ECLOSED = -15, /* the other side is gone */
	PLEIN_ELAST = -15
};

struct err {
	int code; /* one of enum plein_err */
	char msg[240]; /* one English line, no newline */
	const char *rule; /* static: which one it broke, or NULL */
	long at; /* with a rule: the line, or 0 */
};

#define ERR_INIT \
	{ \
		0, "", 0, 0 \
	}

/* Fill `err` (which may be NULL) and return `code`. */
int
err_set(struct err *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * As err_set(), naming the rule that was broken, for the process that makes
 * the sentence for people. `rule` is a static word, `at` a line of the text
 * or 0.
 */
int
err_rule(struct err *err, int code, const char *rule, long at, const char *fmt,
	 ...) __attribute__((format(printf, 5, 6)));

/*
 * As err_set(), for a failed system call: chooses PLEIN_ENOSPACE for ENOSPC,
 * EDQUOT and EFBIG, PLEIN_ENOTFOUND for ENOENT, else PLEIN_EIO, and appends
 * strerror(errnum).
 */
int
err_set_errno(struct err *err, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "context: " in front of the line that is already there. */
void
err_prefix(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "conflict" for PLEIN_ECONFLICT and so on; "unknown-error" otherwise. */
const char *
err_name(int code);

/* The code whose err_name() this is, or PLEIN_EPROTO. */
int
err_code_of(const char *name);

#endif
