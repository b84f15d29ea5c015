import "./progress.css";
