"""Text rows -> typed rows in canonical units, and everything that is wrong with them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import polars as pl

from vatra.tables.columns import Column, Table, fold
from vatra.tables.findings import Finding, has_errors
from vatra.tables.numbers import Style, read
from vatra.tables.seen import SeenKeys
from vatra.units import ENERGY, FUEL_UNITS

VALUES_SHOWN = 20
LINES_KEPT = 100
# 2**53: up to here a float64 still counts single canonical units (watt-hours, milligrams, cents).
LARGEST_EXACT = 9_007_199_254_740_992

_YEAR = re.compile(r"[0-9]{4}")

PolarsType = pl.DataType | type[pl.DataType]
FuelSizes = Callable[[str, str], float | None]


@dataclass(frozen=True)
class Context:
    """What the check must know beyond the table itself.

    ``years`` first and last year of the pack; ``numbers`` the declared number style, or one per
    column where a file decides it (a workbook holds numbers, not texts);
    ``fuel_size(carrier, unit)`` MWh per unit of a fuel, from the factor book; ``coded`` whether
    codes come as Enum, smaller and faster to group by, and other texts as they were read
    (Categorical where they repeat), instead of String; ``seen`` the keys of earlier batches of
    the same file.
    """

    years: tuple[int, int] | None = None
    numbers: Style | Mapping[str, Style] | None = None
    fuel_size: FuelSizes | None = None
    coded: bool = False
    seen: SeenKeys | None = None

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
    raw : one text column per column of the table that the file has, and ``line`` (int); texts
        may be String, Enum or Categorical
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
        numbers = [column for column in self.table.columns if column.kind == "number"]
        for column in self.table.columns:
            if column.kind not in ("number", "text"):
                texts = self._texts(column)
                self._year(column, texts) if column.kind == "year" else self._words(column, texts)
            elif column.kind == "text":
                self.typed[column.name] = self._texts(column)
        # Looking for doubles and reading numbers are the two long steps; neither needs the other.
        with ThreadPoolExecutor(1) as beside:
            doubled = beside.submit(self._has_duplicates)
            for column in numbers:
                self._number(column, self._texts(column))
            if doubled.result():
                self._duplicates()
        if self.context.seen is not None:
            self._again(self.context.seen)
        self.typed = {
            column.typed_name: self.typed[column.typed_name] for column in self.table.columns
        }
        rows = pl.DataFrame(self.typed | {"line": self.lines})
        if self.bad.any():
            rows = rows.filter(~self.bad)
        return Checked(self._as_asked(rows), self.findings, self.styles)

    def _as_asked(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Texts as String, whatever they came as, unless asked for as they are."""
        if self.context.coded:
            return rows
        return rows.lazy().with_columns(
            pl.col(name).cast(pl.String)
            for name, dtype in rows.schema.items()
            if isinstance(dtype, pl.Enum | pl.Categorical)
        ).collect()  # fmt: skip

    # columns

    def _missing_columns(self) -> None:
        missing = [
            column.name
            for column in self.table.columns
            if column.required and column.default is None and column.name not in self.raw.columns
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
            return _same(column.name, column.default, len(self.raw), pl.String)
        texts = self.raw.get_column(column.name)
        if bool((texts == "").any()):
            texts = texts.cast(pl.String).replace("", None)
        if texts.null_count():
            if column.default is not None:
                return texts.cast(pl.String).fill_null(column.default)
            if column.required and column.kind != "number":
                self._report("tables.blank", column, texts.is_null(), "error")
        return texts

    def _words(self, column: Column, texts: pl.Series) -> None:
        """Codes and labels in either language -> codes."""
        known = column.accepted_words()
        different = _different(texts)
        codes: dict[str, str | None] = {}
        for text in different:
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
        distinct = sorted({code for code in codes.values() if code is not None})
        self.typed[column.name] = _mapped(texts, different, codes, pl.Enum(distinct))

    def _year(self, column: Column, texts: pl.Series) -> None:
        different = _different(texts)
        codes: dict[str, int | None] = {}
        for text in different:
            stripped = text.strip().removesuffix(".0")
            codes[text] = int(stripped) if _YEAR.fullmatch(stripped) else None
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
        self.typed[column.name] = _mapped(texts, different, codes, pl.Int32)

    # numbers

    def _number(self, column: Column, texts: pl.Series) -> None:
        if column.name not in self.raw.columns and column.default is None:
            self.typed[column.typed_name] = _empty(column, len(texts))
            return
        result = read(texts, self.context.style(column.name))
        if result.ambiguous:
            texts = self._blank_numbers(column, texts)
            self._report(
                "tables.number-ambiguous", column, texts.is_not_null(), "error",
                {"value": result.ambiguous, **_two_readings(result.ambiguous)},
            )  # fmt: skip
            self.typed[column.typed_name] = _empty(column, len(texts))
            return
        self.styles[column.name] = result.style
        values = result.values
        if values.null_count():
            texts = self._blank_numbers(column, texts)
        wrong = values.is_null() & texts.is_not_null()
        if wrong.any():
            self._report_values(
                "tables.number-wrong",
                column,
                texts,
                texts.filter(wrong).unique(maintain_order=True).to_list(),
                {"style": f"@tables.style-{result.style}"},
            )
        if not column.may_be_negative and _float(values.min()) < 0:
            self._report("tables.negative", column, (values < 0).fill_null(False), "error")
        if column.above_one:
            self._share_for_percent(column, values)
        if column.unit_column:
            values = values * self._sizes(column, values)
        elif column.scale != 1:
            values = values * column.scale
        if column.scale != 1:
            values = self._counted(column, values)
        else:
            values = self._countable(column, values)
        self.typed[column.typed_name] = values

    def _share_for_percent(self, column: Column, values: pl.Series) -> None:
        small = ((values > 0) & (values < 1)).fill_null(False)
        if small.any():
            value = repr(values.filter(small)[0])
            percent = f"{values.filter(small)[0] * 100:g}"
            params = {"value": value, "percent": percent}
            self._report("tables.share-for-percent", column, small, "warning", params)

    def _blank_numbers(self, column: Column, texts: pl.Series) -> pl.Series:
        """Report blanks where a number is needed; returns the texts with spaces alone as null."""
        texts = texts.set(texts.str.strip_chars() == "", None)
        if column.required and column.name in self.raw.columns and texts.null_count():
            self._report("tables.blank-number", column, texts.is_null(), "error")
        return texts

    def _counted(self, column: Column, values: pl.Series) -> pl.Series:
        """Whole canonical units, where a float still counts them one by one."""
        values = self._countable(column, values)
        return values.round(mode="half_to_even").cast(pl.Int64)

    def _countable(self, column: Column, values: pl.Series) -> pl.Series:
        """Numbers that a float can count; larger ones are reported and become null."""
        least, most = values.min(), values.max()
        if max(-_float(least), _float(most)) > LARGEST_EXACT:
            too_large = (values.abs() > LARGEST_EXACT).fill_null(False)
            self._report("tables.number-too-large", column, too_large, "error")
            values = values.set(too_large, None)
        return values

    def _sizes(self, column: Column, values: pl.Series) -> pl.Series:
        """Size of each row's unit in counted units, null and reported where unknown."""
        assert column.quantity is not None
        units = self._unit_texts(column)
        unit_column = self.table.by_name[column.unit_column]
        if units.null_count() and not unit_column.required:
            self._unit_blank(column, units.is_null() & values.is_not_null())
        uniques = _different(units)
        sizes: dict[str, float | None] = {text: column.quantity.size(text) for text in uniques}
        # A litre has an energy, but no mass or length that a fuel would give it.
        of_fuel = column.quantity is ENERGY
        fuel = {
            text: _fuel_spelling(text)
            for text in uniques
            if of_fuel and sizes[text] is None and _fuel_spelling(text)
        }
        unknown = [text for text in uniques if sizes[text] is None and text not in fuel]
        accepted = [*column.quantity.accepted]
        for text in unknown:
            is_gas = of_fuel and fold(text) in ("m3", "mc", "nm3")
            self._report_values(
                "tables.unit-gas-volume" if is_gas else "tables.unit-unknown",
                column,
                units,
                [text],
                {
                    "quantity": f"@tables.quantity-{fold(column.quantity.name)}",
                    "units": accepted,
                },
                column_name=column.unit_column,
            )
        counted = {
            text: None if size is None else size * column.scale for text, size in sizes.items()
        }
        result = _mapped(units, uniques, counted, pl.Float64)
        return self._fuel_sizes(column, units, fuel, result) if fuel else result

    def _unit_blank(self, column: Column, mask: pl.Series) -> None:
        if mask.any() and column.quantity is not None:
            units = [*column.quantity.accepted]
            params = {"value_column": column.name, "units": units}
            self._report("tables.unit-blank", column, mask, "error", params, column.unit_column)

    def _unit_texts(self, column: Column) -> pl.Series:
        unit_column = self.table.by_name[column.unit_column]
        if unit_column.name in self.raw.columns:
            texts = self.raw.get_column(unit_column.name)
            if unit_column.default and texts.null_count():
                return texts.cast(pl.String).fill_null(unit_column.default)
            return texts
        return _same(unit_column.name, unit_column.default, len(self.raw), pl.String)

    def _fuel_sizes(
        self, column: Column, units: pl.Series, fuel: Mapping[str, str], sizes: pl.Series
    ) -> pl.Series:
        """Litres, tonnes and gross values, by carrier, from the factor book."""
        carriers = self.typed.get("carrier")
        frame = pl.DataFrame({"unit": units, "size": sizes, "line": self.lines})
        if carriers is None:
            unknown = units.is_in(list(fuel)).fill_null(False)
            self._report("tables.unit-no-calorific", column, unknown, "error",
                         {"unit": ", ".join(sorted(fuel)), "carrier": "–"},
                         column_name=column.unit_column)  # fmt: skip
            return sizes
        frame = frame.with_columns(carriers.alias("carrier"))
        for carrier, text in (
            frame.filter(pl.col("unit").is_in(list(fuel)) & pl.col("carrier").is_not_null())
            .select("carrier", "unit")
            .unique()
            .sort("carrier", "unit")
            .iter_rows()
        ):
            lookup = self.context.fuel_size
            size = lookup(carrier, fuel[text]) if lookup else None
            mask = ((frame["unit"] == text) & (frame["carrier"] == carrier)).fill_null(False)
            if size is None:
                self._report(
                    "tables.unit-no-calorific",
                    column,
                    mask,
                    "error",
                    {"unit": text, "carrier": carrier},
                    column_name=column.unit_column,
                )
            else:
                counted = pl.when(mask).then(pl.lit(size * column.scale)).otherwise(pl.col("size"))
                frame = frame.with_columns(counted.alias("size"))
        return frame.get_column("size")

    # rows

    def _keys(self) -> pl.DataFrame:
        names = [
            column.typed_name
            for column in self.table.columns
            if column.key and column.name in self.raw.columns
        ]
        return pl.DataFrame({name: self.typed[name] for name in names})

    def _has_duplicates(self) -> bool:
        """Whether two rows may have the same key; never no when they have."""
        frame = self._keys()
        if not len(frame) or _in_order(frame.to_series(frame.width - 1)):
            return False
        return frame.hash_rows().n_unique() < len(frame)

    def _duplicates(self) -> None:
        frame = self._keys()
        doubled = frame.is_duplicated() & ~self.bad
        if doubled.any():
            first = frame.filter(doubled).row(0)
            self._report(
                "tables.duplicate",
                self.table.columns[0],
                doubled,
                "error",
                {"key": _key_words(first)},
                column_name=", ".join(frame.columns),
            )

    def _again(self, seen: SeenKeys) -> None:
        """Rows whose key stood in an earlier batch."""
        frame = self._keys()
        again = seen.again(frame)
        if again.any():
            self._report(
                "tables.duplicate-earlier",
                self.table.columns[0],
                again,
                "error",
                {"key": _key_words(frame.filter(again).row(0))},
                column_name=", ".join(frame.columns),
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


def is_coded(column: Column, table: Table) -> bool:
    """Whether a column holds few different texts that are looked up: years, codes, units."""
    units = {each.unit_column for each in table.columns}
    return column.kind in ("year", "choice", "code") or column.name in units


def _different(texts: pl.Series) -> dict[str, int]:
    """The different texts of a column and, where they are numbered, their numbers."""
    different = texts.unique().drop_nulls()
    if texts.dtype == pl.String:
        return dict.fromkeys(different.to_list(), 0)
    numbers = different.to_physical().to_list()
    return dict(zip(different.to_list(), numbers, strict=True))


def _mapped(
    texts: pl.Series,
    different: Mapping[str, int],
    codes: Mapping[str, object],
    dtype: PolarsType,
) -> pl.Series:
    """Texts through a dictionary; whatever is not in it becomes null."""
    if not codes:
        return _same(texts.name, None, len(texts), dtype)
    if texts.dtype == pl.String:
        return texts.replace_strict(
            list(codes), list(codes.values()), default=None, return_dtype=dtype
        )
    # One look-up by number is a fifth of the work of one by text.
    by_number: list[object] = [None] * (max(different.values()) + 1)
    for text, number in different.items():
        by_number[number] = codes.get(text)
    return pl.Series(texts.name, by_number, dtype=dtype).gather(texts.to_physical())


def _same(name: str, value: str | None, length: int, dtype: PolarsType) -> pl.Series:
    """A column of one value, made without a list of it."""
    return pl.Series(name, [value], dtype=dtype).new_from_index(0, length)


def _in_order(texts: pl.Series) -> bool:
    """Whether every text comes after the one before, so that no two are alike."""
    if texts.dtype != pl.String or texts.null_count():
        return False
    return bool((texts.slice(1) > texts.slice(0, len(texts) - 1)).all())


def _key_words(key: tuple[object, ...]) -> str:
    return ", ".join(str(part) for part in key if part is not None)


def _float(extreme: object) -> float:
    """The least or the largest value of a column, 0 for one without values."""
    return extreme if isinstance(extreme, float) else 0.0


def _empty(column: Column, length: int) -> pl.Series:
    dtype = pl.Int64 if column.scale != 1 else pl.Float64
    return _same(column.typed_name, None, length, dtype)


def _fuel_spelling(text: str) -> str:
    """The accepted spelling of a fuel unit, or an empty text."""
    wanted = " ".join(text.split()).casefold()
    return next((unit for unit in FUEL_UNITS if unit.casefold() == wanted), "")


def _two_readings(text: str) -> dict[str, str]:
    """``313.956`` as the two numbers it could be."""
    bare = text.replace(".", "").replace(",", "")
    return {"grouped": bare, "decimal": text.replace(",", ".")}
