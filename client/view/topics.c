/* topics.c - see topics.h. */
#include "view/topics.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/utf8.h"

static const struct topic topics[] = {
	{ .nl = "tien-minuten",
	  .en = "ten-minutes",
	  .name = N_("the first ten minutes"),
	  .parts = { N_("You see the agenda as a tree: objectives, below them "
			"main topics, themes and questions. Walk with the "
			"arrows; the line with > is the one you are on. Arrow "
			"right shows what is below it, Enter opens the page."),
		     N_("On a page you walk with the arrows, too. Tab jumps to "
			"the next link, Enter opens it, Esc goes back. Space "
			"goes a page further."),
		     N_("z searches everything. g goes to a page of which you "
			"know a part of the title. s goes to the start "
			"screen."),
		     N_("Is there something to improve? Press b, type, and "
			"press Ctrl-S. You see what you changed, say why, and "
			"press Enter. Nothing gets lost: every version is "
			"kept."),
		     N_("Are you lost? The bottom line names the keys that "
			"help you on. m lists all you can do here, ? explains "
			"it, and . says where you are."),
		     N_("On the start screen q signs out. Ctrl-Q does that "
			"everywhere, but in the editor: there it leaves the "
			"text. It asks when something is not saved.") } },
	{ .nl = "bewerken",
	  .en = "editing",
	  .name = N_("editing"),
	  .parts = { N_("b on a page begins. You type in the text itself, with "
			"a few signs:"),
		     N_("  ## a heading"),
		     N_("  - an item of a list, 1. one with a number"),
		     N_("  **strong**, *emphasis*, > a quote"),
		     N_("  [[themas/common-ground]] a link; behind [[ you "
			"choose a page"),
		     N_("F9 puts these in for you. Ctrl-P shows the page as "
			"others will read it. Ctrl-T checks the spelling, "
			"Ctrl-F finds and replaces."),
		     N_("What you type is kept as a draft, at most two seconds "
			"behind. Is the line cut, or do you leave? Then the "
			"draft waits for you; k lists your drafts."),
		     N_("Ctrl-S saves. You see each place you changed, say "
			"why, and Enter makes a new version. Did a colleague "
			"save meanwhile? Then both texts are joined. Where you "
			"both changed the same, you choose."),
		     N_("e changes the title, the status and the other "
			"properties of a page. n makes a page. Moving and "
			"deleting are in the menu (m)."),
		     N_("u takes back your last act. That makes a new version, "
			"too.") } },
	{ .nl = "geschiedenis",
	  .en = "history",
	  .name = N_("history and looking back"),
	  .parts = { N_("h on a page lists its versions and what happened in "
			"its discussions, the newest first. Enter reads one, "
			"v shows what a version changed. Mark two with the "
			"space bar, and v compares those. f leaves out the "
			"versions, the discussions, or what is older than a "
			"date."),
		     N_("w shows who wrote each piece of the text, when and "
			"why."),
		     N_("t asks for a date and shows the whole wiki as it was "
			"then, discussions included. Previous meeting is a "
			"date, too, here and in a filter. Where you pressed t, "
			"Esc brings you back "
			"to now."),
		     N_("h on the start screen lists what was changed in the "
			"whole wiki. New for you lists what others changed "
			"and said since you read it; o opens those one after "
			"the other."),
		     N_("The menu of the history rolls a page back to a "
			"version, or undoes what one version changed. Both "
			"make a new version. Nothing leaves the history.") } },
	{ .place = PLACE_ALL,
	  .nl = "toetsen",
	  .en = "keyboard",
	  .name = N_("all keys"),
	  .parts = { N_("A key works where it means something; the bottom line "
			"names the ones you need most. All of them are in the "
			"menu as well: m, and in the editor Esc."),
		     N_("You never need a function key, Alt, Ctrl with an "
			"arrow or the mouse. Esc and then a digit is a "
			"function key: Esc 2 is F2.") } },
	{ .nl = "schermlezer",
	  .en = "screen-reader",
	  .name = N_("screen reader and braille"),
	  .parts = { N_("There is a mode without a screen: sentences and "
			"numbered lists, one below the other. It paints "
			"nothing over."),
		     N_("  ssh -t <host> line"),
		     N_("There a number chooses from the last list. Enter "
			"alone gives the next part, m says what is possible, "
			"and words do what keys do: read, edit, search. help "
			"explains it."),
		     N_("On the screen the cursor stands on the line you are "
			"on, and that line begins with >. Only the line above "
			"the bottom one ever changes by itself."),
		     N_(". says where you are: which screen, which line and "
			"its state. Tab says what it jumped to. Messages you "
			"missed are in the menu: Reread messages."),
		     N_("The routing keys of a braille display send arrows. "
			"Arrows never open or leave a page, so you can use "
			"those keys everywhere."),
		     N_("Colour never says anything that words or signs do not "
			"say. What came stands between {+ and +}, what went "
			"between [- and -]. Without any colour:"),
		     "  ssh -o SetEnv=NO_COLOR=1 <host>",
		     N_("Your profile, in the menu, keeps such a choice for "
			"good: plain lines, one column, no colour.") } },
	{ .nl = "putty",
	  .en = "putty",
	  .name = N_("PuTTY"),
	  .parts = { N_("You need version 0.68 or newer. The names between "
			"quotes are those in the window of PuTTY."),
		     N_("Your key: make it with PuTTYgen, of the type EdDSA "
			"(Ed25519). Send the text at the top of its window to "
			"an administrator, and save the private key. Choose "
			"that file under 'Connection', 'SSH', 'Auth', in newer "
			"versions 'Credentials'."),
		     N_("Letters: under 'Window', 'Translation' choose UTF-8. "
			"Under 'Window', 'Appearance' choose a font such as "
			"Consolas or Courier New."),
		     N_("Colours are right as they are. For more of them fill "
			"in under 'Connection', 'Data', as 'Terminal-type "
			"string':"),
		     "  xterm-256color",
		     N_("Selecting with Shift and the arrows needs version "
			"0.77: under 'Terminal', 'Keyboard' choose "
			"'xterm-style bitmap' at 'Shift/Ctrl/Alt with the "
			"arrow keys'. Else press F8 and then the arrows."),
		     N_("Ctrl-V pastes what you cut or copied in Plein. What "
			"Windows copied, you paste with Shift-Ins or the right "
			"mouse button. What you select with the mouse is "
			"copied at once."),
		     N_("'No supported authentication methods available' "
			"means: PuTTY offered no key that we know. 'Couldn't "
			"agree a host key algorithm' means: PuTTY is too "
			"old.") } },
	{ .nl = "windows-terminal",
	  .en = "windows-terminal",
	  .name = N_("Windows Terminal"),
	  .parts = { N_("Open Terminal or PowerShell, and type:"),
		     "  ssh <host>",
		     N_("Ctrl-V pastes what Windows copied. What you cut or "
			"copied in Plein, you paste with Ctrl-U."),
		     N_("Ctrl-C copies for Windows while something is selected "
			"with the mouse. Else Plein gets it: in the editor it "
			"copies there."),
		     N_("Turn 'Share clipboard' on in your profile, and what "
			"you copy in Plein is for Windows, too."),
		     N_("Shift with the arrows selects in the editor; F8 and "
			"then the arrows does so everywhere."),
		     N_("F11 and Alt-Enter fill the whole screen, Alt-F4 "
			"closes the window. You need none of them in Plein. "
			"What you were writing is kept as a draft."),
		     N_("The terminal may ask whether you want to paste "
			"several lines. In the editor you can: they are text. "
			"Elsewhere Plein does nothing with them."),
		     N_("Do you see squares? Choose the font Cascadia Mono in "
			"the settings, under Appearance.") } },
	{ .nl = "mac",
	  .en = "mac",
	  .name = N_("Mac"),
	  .parts = { N_("Open Terminal (in the folder Utilities), and type:"),
		     "  ssh <host>",
		     N_("Function keys need Fn. Esc and then a digit does the "
			"same: Esc 2 is F2."),
		     N_("Home, End, PgUp and PgDn may move the window instead "
			"of the text. Use < and > for the beginning and the "
			"end, Space and - for a page. In the editor Ctrl-B and "
			"Ctrl-E go to the beginning and the end of a line."),
		     N_("Does Shift with the arrows not select? Press Esc 8 "
			"and then the arrows. Ctrl with an arrow belongs to "
			"the Mac (Mission Control); Plein does not need it."),
		     N_("Cmd-C copies what you selected with the mouse, Cmd-V "
			"pastes it. What you cut or copied in Plein, you paste "
			"with Ctrl-V."),
		     N_("Option types accents and other signs. Leave the "
			"setting "
			"'Use Option as Meta key' off: Plein does not need "
			"Alt.") } },
	{ .nl = "sleutels",
	  .en = "keys",
	  .name = N_("signing in and your keys"),
	  .parts = { N_("Plein knows you by a key on your computer. The "
			"private half stays there. The public half, a file "
			"that ends in .pub, goes to an administrator. This "
			"makes one:"),
		     "  ssh-keygen -t ed25519",
		     N_("Give it a passphrase: then nobody else can use it. On "
			"another computer you make another key. Each key of "
			"your account signs you in, whatever the user name."),
		     N_("Your profile, in the menu, shows your keys and takes "
			"more of them. A command does so, too:"),
		     N_("  ssh <host> key add < id_ed25519.pub"),
		     N_("Is there no key at hand? Then you can sign in with a "
			"password, if you have set one before. A code from an "
			"app makes it safer."),
		     N_("  ssh -t <host> password"), N_("  ssh -t <host> code"),
		     N_("Your profile has buttons for all of this: password, "
			"code (key c), where you are signed in (w), all that "
			"is stored about you (i), and closing it for good (x). "
			"A key works wherever no text is typed. They are in "
			"the menu of the start screen as well, words in plain "
			"lines (code, sessions, mydata, leave), and commands:"),
		     N_("  ssh <host> sessions"),
		     N_("  ssh <host> mydata > me.json"),
		     N_("  ssh -t <host> leave"),
		     N_("'Too many keys were offered', 'Too many "
			"authentication failures': your computer offers more "
			"keys than the 30 that are looked at. Name the right "
			"one:"),
		     "  ssh -o IdentitiesOnly=yes -i ~/.ssh/id_ed25519 <host>",
		     N_("'Host key verification failed', 'REMOTE HOST "
			"IDENTIFICATION HAS CHANGED': the server has another "
			"key than you know. Do not go on. Ask an administrator "
			"for the fingerprint, by telephone for instance, and "
			"compare it with the one that ssh shows. Are they the "
			"same? Then forget the old key:"),
		     "  ssh-keygen -R <host>",
		     N_("'Connection refused': at this address nothing "
			"answers; is the port right? 'Connection closed': it "
			"is too busy, or signing in took too long. Try again "
			"in a minute."),
		     N_("'no matching host key type found': your program is "
			"too old for this server. 'Permission denied': none of "
			"your keys fits, and the password does not "
			"either.") } },
	{ .nl = "git",
	  .en = "git",
	  .name = N_("git"),
	  .parts = { N_("This copies the whole wiki to your computer, as "
			"Markdown files with their history. Later the second "
			"line gets what is new."),
		     "  git clone ssh://<host>/agenda", "  git pull --rebase",
		     N_("What you change there goes back with:"),
		     "  git push origin main",
		     N_("It has to follow on what is in the wiki now, in one "
			"line. There is only main. The author is you, with "
			"your address in this wiki; a refusal tells which one "
			"that is."),
		     N_("The rules are those of the screen: names of small "
			"letters, digits and dashes; at most 1024 kB a page; "
			"text in UTF-8; fields that can be read. An attachment "
			"is of a kind that this wiki allows, and is what its "
			"name says."),
		     N_("No links, no programs and no files that are meant for "
			"git. Templates, README.md and bronnen.yml are for "
			"editors."),
		     N_("A refusal names each file and why, and what to type "
			"to mend it. Nothing was changed then. When git says "
			"ok, everybody sees your changes.") } },
	{ .nl = "bespreken",
	  .en = "discussing",
	  .name = N_("discussing"),
	  .parts = { N_("d on a page lists its discussions. {1 discussion} in "
			"a text says that those words are being discussed; d "
			"or Enter on that line opens it."),
		     N_("r on a line of a page begins a discussion about a "
			"sentence of that line, the paragraph or the whole "
			"page. In a discussion r answers the comment you are "
			"on, n says something new."),
		     N_("You write as in the editor, and Ctrl-S posts it. @ "
			"and two letters list people to mention. l on a "
			"comment "
			"copies a link to it; Ctrl-V in a text pastes it."),
		     N_("b changes what you said. That it was changed stands "
			"beside it, and h shows what was there before. The "
			"menu "
			"withdraws it: its place and its number stay."),
		     N_("a resolves a discussion, or reopens it, with a "
			"reason. "
			"Who began it may do so, and editors; they also move "
			"discussions and split them."),
		     N_("o goes to the next comment you have not read. * "
			"follows a discussion or a page, or ends that.") } },
	{ .nl = "woordenlijst",
	  .en = "words",
	  .name = N_("list of words"),
	  .parts = { N_("  page: a text with its properties, at an address of "
			"its own"),
		     N_("  objective, main topic, theme, question: the levels "
			"of the agenda"),
		     N_("  development: what happens around municipalities"),
		     N_("  position: what was agreed to say about something"),
		     N_("  reflection: thinking together about a question"),
		     N_("  belongs to: the page above it in the agenda"),
		     N_("  properties: title, status, keywords and more, of a "
			"page"),
		     N_("  keyword: a word by which a page can be found"),
		     N_("  template: what a new page begins with"),
		     N_("  attachment: a file beside a page"),
		     N_("  version: a page as it was saved once"),
		     N_("  note: why a version was made, in a few words"),
		     N_("  minor change: such as a typing error"),
		     N_("  draft of a text: what you wrote and did not save "
			"yet"),
		     N_("  draft (status): nothing has been decided about it"),
		     N_("  for discussion (status): colleagues are asked what "
			"they think"),
		     N_("  adopted (status): a body that may do so decided on "
			"it"),
		     N_("  expired, superseded (status): it does not hold any "
			"more"),
		     N_("  join: make one text of yours and a colleague's"),
		     N_("  undo: take back what one version changed"),
		     N_("  roll back: make a page what it was in an older "
			"version"),
		     N_("  time travel: read the whole wiki as it was on a "
			"day"),
		     N_("  what links here: the pages with a link to this one"),
		     N_("  missing page: a link leads to it, but nobody made "
			"it yet"),
		     N_("  permanent link: the command that opens a page from "
			"elsewhere"),
		     N_("  reader, contributor, editor, administrator: the "
			"roles; a reader changes nothing, a contributor writes "
			"pages, an editor writes templates too, an "
			"administrator looks after accounts"),
		     N_("  fingerprint: a short text by which you recognise a "
			"key") } },
	{ .nl = "over-plein",
	  .en = "about",
	  .name = N_("about Plein"),
	  .parts = { N_("Plein is a wiki that you open with ssh. There is "
			"nothing to install and no browser is needed."),
		     N_("Every version of every page is kept, with who made "
			"it, when and why. Whoever may read the wiki sees "
			"that, and can take all of it along: see git."),
		     N_("Your account, your keys, your drafts and what you "
			"have read are kept apart. Colleagues do not see your "
			"drafts."),
		     N_("Nearly all you can do on the screen is a command as "
			"well, "
			"for scripts and other programs. The first line lists "
			"them."),
		     N_("  ssh <host> help"), "  ssh <host> api",
		     N_("Plein is free software, under the European Union "
			"Public Licence 1.2.") } },
	{ .nl = "rondleiding",
	  .en = "tour",
	  .name = N_("a tour of two minutes"),
	  .parts = { N_("This is a wiki: pages that colleagues write together. "
			"The start screen shows them as a tree. Arrows walk, "
			"Enter opens, Esc goes back. That is all you need to "
			"read."),
		     N_("A page says at its top what it is and how far it is: "
			"a draft, under discussion, adopted. Words between [ "
			"and ] are links: Tab jumps to the next, Enter follows "
			"it."),
		     N_("The line at the bottom names the keys that work. m "
			"shows all you can do, ? explains the screen you are "
			"on. Nothing you press by accident changes a page."),
		     N_("Once you may write: b opens a page as text, you type, "
			"Ctrl-S saves. Every version is kept, with who and "
			"why. u takes back what you did last."),
		     N_("Do you rather hear or feel the wiki? There are plain "
			"lines for a screen reader or braille: choose them in "
			"your profile.") } },
	{ .place = PLACE_START,
	  .name = N_("the start screen"),
	  .parts = { N_("This is the agenda: objectives, below them the main "
			"topics, themes and questions. Walk with the arrows, "
			"open a page with Enter.") } },
	{ .place = PLACE_PAGE,
	  .name = N_("reading a page"),
	  .parts = { N_("With the arrows you walk through the text. Tab jumps "
			"to the next link, Enter opens that link. With Esc you "
			"go back to where you were."),
		     N_("Do you want to improve something? Press b, type, and "
			"press Ctrl-S. Nothing gets lost: every version is "
			"kept and you can undo everything.") } },
	{ .place = PLACE_EDITOR,
	  .name = N_("writing"),
	  .parts = { N_("Just type. Ctrl-S saves, Ctrl-Z takes back. Esc shows "
			"what else you can do, and how to leave. Nothing is "
			"saved before you say so. Select with Shift and the "
			"arrows; where Shift does nothing, press F8 first and "
			"then the arrows. Your terminal pastes with its own "
			"key, Ctrl-V pastes what you cut or copied here. Two "
			"square brackets, [[, list the pages to link to.") } },
	{ .place = PLACE_SAVE,
	  .name = N_("saving"),
	  .parts = { N_("Above is what you changed: {+this is new+}, [-this is "
			"gone-]. Say in a few words why, and press Enter. "
			"Others see that in the history of the page.") } },
	{ .place = PLACE_CONFLICT,
	  .name = N_("joining two texts"),
	  .parts = { N_(
		  "A colleague changed the same as you. At each place you see "
		  "what it was, what you wrote and what was saved. Choose with "
		  "a number. Only when you have chosen everywhere and saved "
		  "does the page change; until then all is in your draft.") } },
	{ .place = PLACE_FORM,
	  .name = N_("filling in a form"),
	  .parts = { N_(
		  "Tab or the arrow down goes to the next field, Shift-Tab "
		  "goes back. Space changes a choice. On a button Enter does "
		  "what it says; Ctrl-S does it from every field.") } },
	{ .place = PLACE_QUESTION,
	  .name = N_("a question"),
	  .parts = { N_("Choose an answer with the arrows and Enter, or type "
			"its number. Esc changes nothing.") } },
	{ .place = PLACE_MENU,
	  .name = N_("the menu"),
	  .parts = { N_(
		  "The menu lists all you can do here, with its key. Choose "
		  "with the arrows and Enter, or press the key.") } },
	{ .place = PLACE_FIELD,
	  .name = N_("a field"),
	  .parts = { N_("Type what is asked and press Enter: the title or the "
			"address of a page, words to search for, a date. Esc "
			"goes back.") } },
	{ .place = PLACE_FIND,
	  .name = N_("finding"),
	  .parts = { N_("Type the words you look for and press Enter. Capitals "
			"and accents do not matter. Ctrl-R asks what to put in "
			"their place.") } },
	{ .place = PLACE_PAGES,
	  .name = N_("a list"),
	  .parts = { N_("Walk with the arrows, Enter opens what is on the "
			"line. Esc brings you back.") } },
	{ .place = PLACE_FILE,
	  .name = N_("an attachment"),
	  .parts = { N_("This is a file beside a page, shown as text. Esc "
			"brings you back.") } },
	{ .place = PLACE_PREVIEW,
	  .name = N_("the preview"),
	  .parts = { N_("This is your text as others will read it. Nothing is "
			"saved yet. Esc goes on writing.") } },
	{ .place = PLACE_BACKLINKS,
	  .name = N_("what links here"),
	  .parts = { N_("These are the pages with a link to the page you came "
			"from, with the sentence around it. Enter opens one, "
			"Esc brings you back.") } },
	{ .place = PLACE_SEARCH,
	  .name = N_("searching"),
	  .parts = { N_(
		  "Type words: what is found stands below at once, the best "
		  "first. The first letters of a word are enough; words "
		  "between quotes belong together. With the arrow down you go "
		  "to what is found, Enter opens a page where the words are, z "
		  "goes back to the words, f leaves pages out.") } },
	{ .place = PLACE_HISTORY,
	  .name = N_("history"),
	  .parts = { N_(
		  "These are the versions of a page and what happened in its "
		  "discussions, the newest first. Enter reads one, v shows "
		  "what a version changed. Mark two with the space bar to "
		  "compare those. With f you see only the versions or only "
		  "the discussions. Every version is kept for good.") } },
	{ .place = PLACE_BLAME,
	  .name = N_("who wrote this"),
	  .parts = { N_(
		  "Above each piece of the text stands who wrote it, when and "
		  "why; the latest change counts. Enter shows that change. w "
		  "shows the version before it, Esc brings you back.") } },
	{ .place = PLACE_CHANGES,
	  .name = N_("changes"),
	  .parts = { N_(
		  "This is what was changed and said in the wiki, the newest "
		  "first. Enter shows a change, h the history of its page. "
		  "With f "
		  "you see those of one person, period, folder or type.") } },
	{ .place = PLACE_NEWS,
	  .name = N_("what is new for you"),
	  .parts = { N_("These are the pages that others changed, and what "
			"they said, since you read it. What names you (with "
			"@ and your short name) or answers you comes first, "
			"then what you follow."),
		     N_("With it stands what waits for you until it is done: "
			"rounds of reflection you did not answer, decisions "
			"you follow or took that are to be reviewed, actions "
			"of your role that are too late."),
		     N_("You follow what you wrote and where you said "
			"something. ssh <host> follow and unfollow change "
			"that; what is muted is left out, unless it names or "
			"answers you."),
		     N_("Enter opens one, v shows what is different, o opens "
			"one after the other. ssh <host> digest gives it as "
			"a text, for a mail.") } },
	{ .place = PLACE_REQUESTS,
	  .name = N_("requests"),
	  .parts = { N_("These people want to take part, the oldest first. "
			"Enter shows one and asks what to do: approve, ask "
			"something, refuse with a reason. Mark several with "
			"the space bar; a decides about all of them."),
		     N_("An approval counts at once. A refusal is told 10 "
			"minutes later; until then u takes either back."),
		     N_("Look at the key and the address, and whether the name "
			"looks like another. When in doubt call the "
			"municipality, not the number that was given.") } },
	{ .place = PLACE_MEMBERS,
	  .name = N_("members and roles"),
	  .parts = { N_("Everybody with an account, by short name. Type / and "
			"letters of a name or municipality to get there. f "
			"shows those of one role or municipality, who was long "
			"not here, and who has no code."),
		     N_("e changes the role, at once, also where somebody is "
			"signed in. In another space than the first it is the "
			"role there, and only those who have one are listed: "
			"the last line gives somebody else one. The last "
			"administrator stays one. Where "
			"plein.conf asks for it (tweede_beheerder), making or "
			"stopping an administrator waits until a second one "
			"does the same.") } },
	{ .place = PLACE_MEMBER,
	  .name = N_("a member"),
	  .parts = { N_("This is what the wiki knows of one person: role, "
			"keys, where they are signed in, what they wrote. "
			"Enter on a key takes it away, on a session ends it. "
			"The menu has all else."),
		     N_("Taking somebody's name out of the wiki closes the "
			"profile for good. What is known of the person goes; "
			"what they wrote stays, under the short name. It "
			"cannot be undone, so you type that name first. Of an "
			"administrator it waits for a second one, where "
			"plein.conf asks for that (tweede_beheerder).") } },
	{ .place = PLACE_ACCOUNT,
	  .name = N_("sessions and your code"),
	  .parts = { N_("Sessions: where you are signed in, and since when. "
			"Enter ends one, the menu all others. What was being "
			"written there is kept as a draft."),
		     N_("A code from an app: an app on your phone takes the "
			"secret in, from the picture or from the letters. "
			"Enter asks for the code it shows then; only that "
			"makes it count. You get recovery codes, once: write "
			"them down for when the phone is gone.") } },
	{ .place = PLACE_ADMIN,
	  .nl = "beheer",
	  .en = "administration",
	  .name = N_("administration"),
	  .parts = { N_("Requests, members, invitations, sessions, settings "
			"and "
			"the log of what was done. In another space than the "
			"first, members, invitations and log are those of "
			"that space. Everything is a command as well:"),
		     N_("  ssh <host> admin setting"),
		     N_("A setting is changed in its own line of plein.conf; "
			"comments stay, and it counts at once. What gives a "
			"single administrator more is changed on the host."),
		     N_("What people see when they cannot sign in, and what "
			"to say:"),
		     "  Host key verification failed, REMOTE HOST "
		     "IDENTIFICATION HAS CHANGED:",
		     N_("compare the fingerprint with the one you published; "
			"never tell anybody to ignore it."),
		     "  Too many authentication failures:",
		     N_("their program offers more keys than we look at. One "
			"key: ssh -o IdentitiesOnly=yes -i FILE <host>"),
		     "  No supported authentication methods, Permission "
		     "denied:",
		     N_("their key is not known here. Invite them, or let them "
			"apply with ssh -t nieuw@<host>.") } },
	{ .place = PLACE_COMPARE,
	  .name = N_("comparing"),
	  .parts = { N_("What went stands between [- and -], what came between "
			"{+ and +}. Tab goes to the next place. The text is "
			"shown as it is written, so that a link that leads "
			"elsewhere is seen too.") } },
	{ .place = PLACE_ROUND,
	  .name = N_("a round of reflection"),
	  .parts = { N_("In a round everybody first writes alone, step by "
			"step. "
			"What others wrote comes after one's own answer, or "
			"when the step closes. Enter opens what is on the "
			"line, Esc brings you back."),
		     N_("Who leads a round closes it, and it becomes a page; "
			"or cancels it when it was opened by mistake, and all "
			"that was said in it is thrown away. Both are in the "
			"menu. Who took part finds in the list of rounds what "
			"was cancelled.") } },
	{ .place = PLACE_CHAIN,
	  .name = N_("questions and decisions"),
	  .parts = { N_("Here stands what a page is about: the possible "
			"answers "
			"to a question, a decision with what came before it "
			"and what is to be done, the items of a meeting, or "
			"how far municipalities are. Enter opens what is on "
			"the line, n adds something, Esc brings you back."),
		     N_("Space says which answer you support, r says "
			"something for or against it. The key bar says what "
			"else can be done on the line. All of it is text of "
			"the page: b shows it, h shows who wrote what.") } },
	{ .place = PLACE_THREADS,
	  .name = N_("the discussions of a page"),
	  .parts = { N_(
		  "The open ones come first, the newest at the top. Below "
		  "each stands what was said last and which words it is "
		  "about. Enter opens one, n begins one about the page, a "
		  "resolves one, f leaves some out.") } },
	{ .place = PLACE_THREAD,
	  .name = N_("a discussion"),
	  .parts = { N_("Comments have numbers, answers stand below what they "
			"answer. Tab goes from comment to comment, the arrows "
			"from line to line. r answers, n says something new, b "
			"changes what you said yourself, h shows what it was "
			"before."),
		     N_("Enter follows the link on the line; on the lines at "
			"the "
			"top it goes to the words on the page that the "
			"discussion is about.") } },
	{ .place = PLACE_WAITING,
	  .name = N_("applying for a profile"),
	  .parts = { N_("You applied for a profile. An administrator decides, "
			"and you see here how it stands. A digit chooses what "
			"you do meanwhile."),
		     N_("Does an administrator ask you something? Change your "
			"application: that is the answer. An invite code lets "
			"you in at once.") } },
	{ .place = PLACE_HELP,
	  .name = N_("help"),
	  .parts = { N_("Help is about the screen where you were. Esc brings "
			"you back there. i lists what there is help about, z "
			"finds words in all of it.") } },
};

#define N_TOPICS (sizeof(topics) / sizeof(topics[0]))

const struct topic *
topic_row(size_t i)
{
	return i < N_TOPICS ? &topics[i] : NULL;
}

size_t
topic_of_place(enum place about)
{
	size_t i = 0;

	while (i + 1 < N_TOPICS && topics[i].place != about)
		i++;
	return i;
}

static bool
is_called(const struct topic *t, const char *folded)
{
	const char *const names[] = { t->nl, t->en, gettext(t->name) };
	struct buf name = BUF_INIT;
	bool same = false;

	for (size_t i = 0; i < 3 && !same; i++) {
		buf_reset(&name);
		if (names[i])
			utf8_fold(&name, names[i], strlen(names[i]));
		same = name.len && strcmp(name.ptr, folded) == 0;
	}
	buf_release(&name);
	return same;
}

const struct topic *
topic_find(const char *words)
{
	struct buf folded = BUF_INIT;
	size_t i = 0;

	utf8_fold(&folded, words, strlen(words));
	while (i < N_TOPICS && !is_called(&topics[i], folded.ptr))
		i++;
	buf_release(&folded);
	return topic_row(i);
}

const char *
topic_word(const struct topic *t, bool dutch)
{
	if (!t->nl)
		return gettext(t->name);
	return dutch ? t->nl : t->en;
}

void
topic_text(const struct topic *t, struct buf *out)
{
	for (size_t i = 0; i < TOPIC_PARTS && t->parts[i]; i++) {
		bool line =
			i && t->parts[i][0] == ' ' && t->parts[i - 1][0] == ' ';

		if (i)
			buf_str(out, line ? "\n" : "\n\n");
		buf_str(out, gettext(t->parts[i]));
	}
}
