// Only styles: the search and the pages about open data need no code of their own.
import "./search.css";
