import "./editing.css";
import { startGrid } from "./grid";

startGrid();
