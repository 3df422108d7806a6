import "@fontsource/be-vietnam-pro/vietnamese-400.css";
import "@fontsource/be-vietnam-pro/vietnamese-600.css";
import "@fontsource/be-vietnam-pro/latin-400.css";
import "@fontsource/be-vietnam-pro/latin-600.css";
import "dayjs/locale/vi";

import "./styles/base.css";
import "./styles/pages.css";
import "./designer/designer.css";
import "./messages/messages.css";
import "./regimes/regimes.css";
import "./reports/reports.css";
import "./styles/returns.css";
import "./grid/grid.css";
import "./styles/print.css";

import { createRoot } from "react-dom/client";

import { Root } from "./Root";

const place = document.getElementById("root");
if (!place) throw new Error("the page has no root");
createRoot(place).render(<Root />);
