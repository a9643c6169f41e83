// Everything that needs a script, each behaviour in its own file. Pages work without any of it.
import "htmx.org/dist/htmx.esm.js";
import "@github/markdown-toolbar-element";
import "@github/text-expander-element";

import "./arriving.js";
import "./asleep.js";
import "./closing.js";
import "./copying.js";
import "./counter.js";
import "./dialogs.js";
import "./drafts.js";
import "./filters.js";
import "./focus.js";
import "./forgetting.js";
import "./keys.js";
import "./months.js";
import "./names.js";
import "./password.js";
import "./pictures.js";
import "./preview.js";
import "./quoting.js";
import "./relative-time.js";
import "./suggestions.js";
import "./theme.js";
import "./token.js";
import "./trouble.js";
import "./waiting.js";
