// Every page loads this: partial updates, menus, and the small comforts.

import { enhanceComboboxes } from "./lib/combobox.js";
import { enhance } from "./lib/fragment.js";
import { enhanceMenus } from "./lib/menu.js";
import { enhancePage } from "./lib/page.js";

enhancePage();
enhance();
enhanceMenus();
enhanceComboboxes(document);
