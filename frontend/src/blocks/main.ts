import "./blocks.css";
import { MovableMap } from "./map";

// Without this script the links under the map move it, each with a page of its own.
const map = document.querySelector<SVGSVGElement>(".need-map");
if (map) new MovableMap(map);
