// Every page loads this: partial updates, menus, and the small comforts.

import { enhance } from "./lib/fragment.js";
import { enhanceMenus } from "./lib/menu.js";
import { enhancePage } from "./lib/page.js";

enhancePage();
enhance();
enhanceMenus();
