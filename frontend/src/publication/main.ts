import "./publication.css";
