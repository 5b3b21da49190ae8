/*
 * sandbox_main.c - a program for building only: writes the source of
 * sandbox_codes[], the filters of plein/sandbox.h, to its output.
 */
#include <stdio.h>

#include "plein/allowlist.h"
#include "plein/mem.h"

static void
write_filter(enum sandbox who)
{
	struct sock_filter code[ALLOWLIST_CODE_MAX];
	struct err err = ERR_INIT;
	size_t n = 0;

	if (allowlist_compile(who, code, &n, &err) < 0)
		die("%s", err.msg);
	(void)printf("static const struct sock_filter code_%d[] = {\n",
		     (int)who);
	for (size_t i = 0; i < n; i++)
		(void)printf("\t{ 0x%02x, %u, %u, 0x%08x },\n", code[i].code,
			     code[i].jt, code[i].jf, code[i].k);
	(void)printf("};\n\n");
}

int
main(void)
{
	(void)printf("#include \"plein/sandbox.h\"\n\n");
	for (int i = 0; i < SANDBOX_N; i++)
		write_filter((enum sandbox)i);
	(void)printf(
		"const struct sandbox_code sandbox_codes[SANDBOX_N] = {\n");
	for (int i = 0; i < SANDBOX_N; i++)
		(void)printf("\t{ code_%d, sizeof(code_%d) / "
			     "sizeof(code_%d[0]) },\n",
			     i, i, i);
	(void)printf("};\n");
	if (fclose(stdout) != 0)
		die("cannot write");
	return 0;
}
