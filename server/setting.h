/* setting.h - pleind setting: what plein.conf says, and changing a line. */
#ifndef PLEIN_SERVER_SETTING_H
#define PLEIN_SERVER_SETTING_H

/* As main() got them: argv[1] is "setting". Returns an exit code. */
int
setting_main(int argc, char **argv);

#endif
