/* front.c - see front.h. */
#include "front.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"

const char *
front_user(void)
{
	const struct passwd *pw = getpwuid(geteuid());

	if (!pw)
		die("I have no name");
	return pw->pw_name;
}

/* Each `old` of the text by `new`. */
static void
replace(struct buf *text, const char *old, const char *new)
{
	struct buf out = BUF_INIT;
	const char *from = text->ptr, *at;

	while ((at = strstr(from, old)) != NULL) {
		buf_add(&out, from, (size_t)(at - from));
		buf_str(&out, new);
		from = at + strlen(old);
	}
	buf_str(&out, from);
	buf_release(text);
	*text = out;
}

/* The lines that administrators copy, with our names in them. */
static void
read_lines(const struct fixture *wiki, struct buf *lines)
{
	static const char begin[] = "```sshd_config\n";
	struct buf all = BUF_INIT;
	char program[200];
	const char *at, *end;

	if (fs_read_at(AT_FDCWD, "docs/openssh-in-front.md", &all, 65536,
		       NULL) != 0 ||
	    !(at = strstr(all.ptr, begin)) ||
	    !(end = strstr(at + strlen(begin), "```")))
		die("no lines in docs/openssh-in-front.md");
	at += strlen(begin);
	buf_add(lines, at, (size_t)(end - at));
	buf_release(&all);
	/* sshd wants a program of root's, in folders of root's. */
	(void)snprintf(program, sizeof(program), "/usr/bin/env %s",
		       fixture_program("pleind"));
	replace(lines, "/usr/bin/pleind", program);
	replace(lines, "/run/plein/openssh.sock", wiki->front);
	replace(lines, "plein-ssh", front_user());
}

void
front_serve(struct fixture *wiki)
{
	(void)snprintf(wiki->front, sizeof(wiki->front), "%s/front", wiki->dir);
	fixture_serve(wiki);
}

void
front_start(struct peer *sshd, const struct fixture *wiki)
{
	struct buf lines = BUF_INIT;

	read_lines(wiki, &lines);
	peer_start(sshd, wiki, lines.ptr);
	buf_release(&lines);
}
