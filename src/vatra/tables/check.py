"""Text rows -> typed rows in canonical units, and everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from vatra.tables.columns import Column, Table, fold
from vatra.tables.findings import Finding, has_errors
from vatra.tables.numbers import Style, read
from vatra.units import FUEL_UNITS

VALUES_SHOWN = 20
LINES_KEPT = 100
# 2**53: up to here a float64 still counts single canonical units (watt-hours, milligrams, cents).
LARGEST_EXACT = 9_007_199_254_740_992

FuelSizes = Callable[[str, str], float | None]


@dataclass(frozen=True)
class Context:
    """What the check must know beyond the table itself.

    ``years`` first and last year of the pack; ``numbers`` the declared number style, or one per
    column where a file decides it (a workbook holds numbers, not texts);
    ``fuel_size(carrier, unit)`` MWh per unit of a fuel, from the factor book.
    """

    years: tuple[int, int] | None = None
    numbers: Style | Mapping[str, Style] | None = None
    fuel_size: FuelSizes | None = None

    def style(self, column: str) -> Style | None:
        """The style declared for the numbers of a column, or None to infer it."""
        if self.numbers is None or isinstance(self.numbers, str):
            return self.numbers
        return self.numbers.get(column)


@dataclass
class Checked:
    """Typed rows (only whole ones), findings, and how each number column was read."""

    rows: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    styles: dict[str, Style] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing forbids computing with these rows."""
        return not has_errors(self.findings)


def check(table: Table, raw: pl.DataFrame, file: str, context: Context | None = None) -> Checked:
    """Check text rows against a table.

    Parameters
    ----------
    table : the declaration
    raw : one text column per column of the table that the file has, and ``line`` (int)
    file : name shown in findings
    context : years, number style and fuel sizes

    Returns
    -------
    Checked
        ``rows`` with one typed column per column of the table (``typed_name``) and ``line``,
        without the rows that have an error. Never raises for what stands in the rows.
    """
    return _Check(table, raw, file, context or Context()).run()


class _Check:
    def __init__(self, table: Table, raw: pl.DataFrame, file: str, context: Context) -> None:
        self.table, self.raw, self.file, self.context = table, raw, file, context
        self.lines = raw.get_column("line")
        self.findings: list[Finding] = []
        self.styles: dict[str, Style] = {}
        self.bad = pl.repeat(False, len(raw), dtype=pl.Boolean, eager=True)
        self.typed: dict[str, pl.Series] = {}

    def run(self) -> Checked:
        if not len(self.raw):
            self.findings.append(Finding("tables.empty", "error", self.file))
        self._missing_columns()
        for column in self.table.columns:
            texts = self._texts(column)
            {
                "text": self._text,
                "code": self._words,
                "choice": self._words,
                "year": self._year,
                "number": self._number,
            }[column.kind](column, texts)
        self._duplicates()
        rows = pl.DataFrame(self.typed | {"line": self.lines})
        if self.bad.any():
            rows = rows.filter(~self.bad)
        return Checked(rows, self.findings, self.styles)

    # columns

    def _missing_columns(self) -> None:
        missing = [
            column.name
            for column in self.table.columns
            if column.required and column.name not in self.raw.columns
        ]
        if missing:
            self.findings.append(
                Finding(
                    "tables.columns-missing",
                    "error",
                    self.file,
                    params={"columns": missing, "file": self.table.file_name},
                )
            )

    def _texts(self, column: Column) -> pl.Series:
        """The column as texts, blanks as null; a blank where a value is needed is a finding."""
        if column.name not in self.raw.columns:
            return pl.Series(column.name, [column.default] * len(self.raw), dtype=pl.String)
        texts = self.raw.get_column(column.name)
        if column.kind != "text":
            texts = texts.set(texts == "", None) if bool((texts == "").any()) else texts
        blank = texts.is_null()
        if blank.any():
            if column.default is not None:
                return texts.fill_null(column.default)
            if column.required:
                code = "tables.blank-number" if column.kind == "number" else "tables.blank"
                self._report(code, column, blank, "error")
        return texts

    def _text(self, column: Column, texts: pl.Series) -> None:
        self.typed[column.name] = texts

    def _words(self, column: Column, texts: pl.Series) -> None:
        """Codes and labels in either language -> codes."""
        known = column.accepted_words()
        uniques = texts.drop_nulls().unique().to_list()
        codes: dict[str, str | None] = {}
        for text in uniques:
            code = known.get(fold(text))
            codes[text] = (fold(text) or None) if code is None and column.kind == "code" else code
        unknown = [text for text, code in codes.items() if code is None]
        if unknown:
            self._report_values(
                "tables.choice-unknown",
                column,
                texts,
                unknown,
                {"choices": list(column.choices)},
            )
        self.typed[column.name] = _mapped(texts, codes, pl.String)

    def _year(self, column: Column, texts: pl.Series) -> None:
        codes: dict[str, int | None] = {}
        for text in texts.drop_nulls().unique().to_list():
            stripped = text.strip().removesuffix(".0")
            codes[text] = int(stripped) if stripped.isdigit() and len(stripped) == 4 else None
        wrong = [text for text, year in codes.items() if year is None]
        if wrong:
            self._report_values("tables.year-wrong", column, texts, wrong, {})
        years = self.context.years
        if years is not None:
            outside = [
                text
                for text, year in codes.items()
                if year is not None and not years[0] <= year <= years[1]
            ]
            if outside:
                self._report_values(
                    "tables.year-outside",
                    column,
                    texts,
                    outside,
                    {"first": str(years[0]), "last": str(years[1])},
                )
        self.typed[column.name] = _mapped(texts, codes, pl.Int32)

    # numbers

    def _number(self, column: Column, texts: pl.Series) -> None:
        result = read(texts, self.context.style(column.name))
        if result.ambiguous:
            self._report(
                "tables.number-ambiguous", column, texts.is_not_null(), "error",
                {"value": result.ambiguous, **_two_readings(result.ambiguous)},
            )  # fmt: skip
            self.typed[column.typed_name] = _empty(column, len(texts))
            return
        self.styles[column.name] = result.style
        values = result.values
        wrong = values.is_null() & texts.is_not_null()
        if wrong.any():
            self._report_values(
                "tables.number-wrong",
                column,
                texts,
                texts.filter(wrong).unique(maintain_order=True).to_list(),
                {"style": f"@tables.style-{result.style}"},
            )
        if not column.may_be_negative and values.min() is not None and values.min() < 0:  # type: ignore[operator]
            self._report("tables.negative", column, (values < 0).fill_null(False), "error")
        if column.quantity is not None:
            values = values * self._sizes(column) if column.unit_column else values
        scaled = values * column.scale
        if column.scale != 1:
            too_large = (scaled.abs() > LARGEST_EXACT).fill_null(False)
            if too_large.any():
                self._report("tables.number-too-large", column, too_large, "error")
                scaled = scaled.set(too_large, None)
            scaled = scaled.round(mode="half_to_even").cast(pl.Int64)
        self.typed[column.typed_name] = scaled

    def _sizes(self, column: Column) -> pl.Series:
        """Size of each row's unit in canonical units, null and reported where unknown."""
        assert column.quantity is not None
        units = self._unit_texts(column)
        uniques = units.drop_nulls().unique().to_list()
        sizes: dict[str, float | None] = {text: column.quantity.size(text) for text in uniques}
        fuel = {
            text: _fuel_spelling(text)
            for text in uniques
            if sizes[text] is None and _fuel_spelling(text)
        }
        unknown = [text for text in uniques if sizes[text] is None and text not in fuel]
        accepted = [*column.quantity.accepted]
        for text in unknown:
            code = "tables.unit-gas-volume" if fold(text) in ("m3", "mc", "nm3") else ""
            self._report_values(
                code or "tables.unit-unknown",
                column,
                units,
                [text],
                {
                    "quantity": f"@tables.quantity-{fold(column.quantity.name)}",
                    "units": accepted,
                },
                column_name=column.unit_column,
            )
        result = _mapped(units, sizes, pl.Float64)
        return self._fuel_sizes(column, units, fuel, result) if fuel else result

    def _unit_texts(self, column: Column) -> pl.Series:
        unit_column = self.table.by_name[column.unit_column]
        if unit_column.name in self.raw.columns:
            texts = self.raw.get_column(unit_column.name)
            return texts.fill_null(unit_column.default) if unit_column.default else texts
        return pl.Series(unit_column.name, [unit_column.default] * len(self.raw), dtype=pl.String)

    def _fuel_sizes(
        self, column: Column, units: pl.Series, fuel: Mapping[str, str], sizes: pl.Series
    ) -> pl.Series:
        """Litres, tonnes and gross values, by carrier, from the factor book."""
        carriers = self.typed.get("carrier")
        frame = pl.DataFrame({"unit": units, "size": sizes, "line": self.lines})
        if carriers is None:
            return sizes
        frame = frame.with_columns(carriers.alias("carrier"))
        for carrier, text in frame.filter(pl.col("unit").is_in(list(fuel))).select(
            "carrier", "unit"
        ).unique().sort("carrier", "unit").iter_rows():
            lookup = self.context.fuel_size
            size = lookup(carrier, fuel[text]) if lookup and carrier else None
            mask = ((frame["unit"] == text) & (frame["carrier"] == carrier)).fill_null(False)
            if size is None:
                self._report(
                    "tables.unit-no-calorific",
                    column,
                    mask,
                    "error",
                    {"unit": text, "carrier": carrier or ""},
                    column_name=column.unit_column,
                )
            else:
                frame = frame.with_columns(
                    pl.when(mask).then(pl.lit(size)).otherwise(pl.col("size")).alias("size")
                )
        return frame.get_column("size")

    # rows

    def _duplicates(self) -> None:
        keys = [
            column.typed_name
            for column in self.table.columns
            if column.key and column.name in self.raw.columns
        ]
        if not keys or not len(self.raw):
            return
        frame = pl.DataFrame({name: self.typed[name] for name in keys})
        hashes = frame.hash_rows()
        if hashes.n_unique() == len(hashes):
            return
        doubled = frame.is_duplicated() & ~self.bad
        if doubled.any():
            first = frame.filter(doubled).row(0)
            self._report(
                "tables.duplicate",
                self.table.columns[0],
                doubled,
                "error",
                {"key": ", ".join(str(part) for part in first if part is not None)},
                column_name=", ".join(keys),
            )

    # reporting

    def _report_values(
        self,
        code: str,
        column: Column,
        texts: pl.Series,
        values: Collection[str],
        params: Mapping[str, object],
        column_name: str = "",
    ) -> None:
        """One finding per wrong value, the rows of each together."""
        ordered = list(values)
        if len(ordered) > 1:
            wanted = set(ordered)
            ordered = [
                text for text in texts.unique(maintain_order=True).to_list() if text in wanted
            ]
        for value in ordered[:VALUES_SHOWN]:
            mask = (texts == value).fill_null(False)
            self._report(code, column, mask, "error", {"value": value, **params}, column_name)
        if len(ordered) > VALUES_SHOWN:
            mask = texts.is_in(ordered[VALUES_SHOWN:]).fill_null(False)
            self._report(
                "tables.more-values",
                column,
                mask,
                "error",
                {"count": len(ordered) - VALUES_SHOWN},
                column_name,
            )

    def _report(
        self,
        code: str,
        column: Column,
        mask: pl.Series,
        severity: str,
        params: Mapping[str, object] | None = None,
        column_name: str = "",
    ) -> None:
        lines = self.lines.filter(mask)
        self.findings.append(
            Finding(
                code,
                "error" if severity == "error" else "warning",
                self.file,
                tuple(lines.head(LINES_KEPT).to_list()),
                column_name or column.name,
                {"column": column_name or column.name, **(params or {})},
                line_count=len(lines),
            )
        )
        if severity == "error":
            self.bad = self.bad | mask


def _mapped(texts: pl.Series, codes: Mapping[str, object], dtype: pl.DataType | type) -> pl.Series:
    """Texts through a dictionary; whatever is not in it becomes null."""
    if dtype == pl.String and all(old == new for old, new in codes.items()):
        return texts
    if not codes:
        return pl.Series(texts.name, [None] * len(texts), dtype=dtype)
    if len(codes) == 1 and not texts.null_count():
        return pl.repeat(next(iter(codes.values())), len(texts), dtype=dtype, eager=True).alias(  # type: ignore[arg-type]
            texts.name
        )
    return texts.replace_strict(
        list(codes), list(codes.values()), default=None, return_dtype=dtype
    )


def _empty(column: Column, length: int) -> pl.Series:
    dtype = pl.Int64 if column.scale != 1 else pl.Float64
    return pl.Series(column.typed_name, [None] * length, dtype=dtype)


def _fuel_spelling(text: str) -> str:
    """The accepted spelling of a fuel unit, or an empty text."""
    wanted = " ".join(text.split()).casefold()
    return next((unit for unit in FUEL_UNITS if unit.casefold() == wanted), "")


def _two_readings(text: str) -> dict[str, str]:
    """``313.956`` as the two numbers it could be."""
    bare = text.replace(".", "").replace(",", "")
    return {"grouped": bare, "decimal": text.replace(",", ".")}
