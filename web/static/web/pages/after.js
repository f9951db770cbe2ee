/** After the interview: second answers by voice, where the microphone can be used. All else works without scripts. */

import { SecondAnswer } from "../afterwards/redo.js";
import { all, config } from "../page/elements.js";

const addresses = config("room-config");

all("redo").forEach((root) => new SecondAnswer(root, addresses));
