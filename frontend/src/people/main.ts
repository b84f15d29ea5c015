import "./people.css";
import { startPasskeys } from "./passkeys";

startPasskeys();
