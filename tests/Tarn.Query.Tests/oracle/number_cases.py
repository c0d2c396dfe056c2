"""Writes cases/numbers.expr: arithmetic and casts of numbers by Trino's rules, computed with Python's own numbers."""
import decimal
import sys

decimal.getcontext().prec = 200
D = decimal.Decimal
WIDTHS = {"tinyint": 8, "smallint": 16, "integer": 32, "bigint": 64}


def integer(value, width):
    low, high = -(1 << (WIDTHS[width] - 1)), (1 << (WIDTHS[width] - 1)) - 1
    return value if low <= value <= high else None


def divide(a, b):
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def integers(out):
    for width, bits in WIDTHS.items():
        high = (1 << (bits - 1)) - 1
        values = [0, 1, -1, 2, -3, 7, 10, high, high - 1, -high, -high - 1]
        for a in values:
            for b in values:
                for op in "+-*/%":
                    left, right = f"CAST('{a}' AS {width})", f"CAST('{b}' AS {width})"
                    if op in "/%" and b == 0:
                        out(f"{left} {op} {right} !! DIVISION_BY_ZERO")
                        continue
                    result = {"+": a + b, "-": a - b, "*": a * b}.get(op)
                    if result is None:
                        result = divide(a, b) if op == "/" else a - b * divide(a, b)
                    if integer(result, width) is None:
                        if (a, op) in ((high, "+"), (high, "*"), (-high - 1, "-"), (-high - 1, "/"), (-high - 1, "*")):
                            out(f"{left} {op} {right} !! NUMERIC_VALUE_OUT_OF_RANGE")
                        out(f"TRY({left} {op} {right}) => NULL")
                    else:
                        out(f"{left} {op} {right} => {result}")
        out(f"- CAST('{-high - 1}' AS {width}) !! NUMERIC_VALUE_OUT_OF_RANGE")
        out(f"CAST('{high + 1}' AS {width}) !! INVALID_CAST_ARGUMENT")
        out(f"TRY_CAST('{high + 1}' AS {width}) => NULL")
        out(f"TRY_CAST(DECIMAL '{high + 1}' AS {width}) => NULL")
        out(f"CAST(DECIMAL '{high + 1}' AS {width}) !! INVALID_CAST_ARGUMENT")
        out(f"TRY_CAST('' AS {width}) => NULL")
        out(f"TRY_CAST('1.0' AS {width}) => NULL")
        out(f"CAST('+5' AS {width}) => 5")
        for other, more in WIDTHS.items():
            wider = width if bits > more else other
            out(f"typeof(CAST(1 AS {width}) + CAST(1 AS {other})) => {wider}")
            out(f"CAST(NULL AS {width}) + CAST(1 AS {other}) => NULL")
            if more > bits:
                out(f"CAST(CAST({high + 1} AS {other}) AS {width}) !! NUMERIC_VALUE_OUT_OF_RANGE")
                out(f"TRY_CAST(CAST({-high - 2} AS {other}) AS {width}) => NULL")
                out(f"CAST(CAST({high} AS {other}) AS {width}) => {high}")


def shape(text):
    """(precision, scale) of a literal."""
    digits = text.lstrip("-")
    whole, _, fraction = digits.partition(".")
    return max(1, len(whole.lstrip("0")) + len(fraction)), len(fraction)


def decimals(out):
    texts = ["0", "1", "-1", "3", "7.5", "-7.5", "0.5", "0.05", "10.00", "-0.001", "123.456", "99.99", "1234567.89",
             "0.333333", "-99999.9", "1000000000000.00", "12345678901234567890", "0.00000000001"]
    for x in texts:
        for y in texts:
            (p1, s1), (p2, s2) = shape(x), shape(y)
            a, b = D(x), D(y)
            left, right = f"DECIMAL '{x}'", f"DECIMAL '{y}'"
            scale = max(s1, s2)
            add = (min(38, max(p1 - s1, p2 - s2) + scale + 1), scale)
            check(out, f"{left} + {right}", a + b, add)
            check(out, f"{left} - {right}", a - b, add)
            check(out, f"{left} * {right}", a * b, (min(38, p1 + p2), s1 + s2))
            if b == 0:
                out(f"{left} / {right} !! DIVISION_BY_ZERO")
                out(f"{left} % {right} !! DIVISION_BY_ZERO")
                continue
            quotient = (a / b).quantize(D(1).scaleb(-scale), rounding=decimal.ROUND_HALF_UP)
            check(out, f"{left} / {right}", quotient, (min(38, p1 + s2 + max(0, s2 - s1)), scale))
            remainder = a - b * (a / b).to_integral_value(rounding=decimal.ROUND_DOWN)
            check(out, f"{left} % {right}", remainder, (max(1, min(p2 - s2, p1 - s1) + scale), scale))
            word = "true" if a < b else "false"
            out(f"{left} < {right} => {word}")


def check(out, sql, value, kind):
    precision, scale = kind
    shown = format(value.quantize(D(1).scaleb(-scale)), "f")
    if value == 0:
        shown = shown.lstrip("-")
    if len(shown.lstrip("-").replace(".", "").lstrip("0")) > precision:
        out(f"TRY({sql}) => NULL")
        return
    out(f"{sql} => {shown}")
    out(f"typeof({sql}) => decimal({precision},{scale})")


def decimal_casts(out):
    for text in ["0", "1.5", "-1.5", "2.5", "0.05", "0.049", "-0.05", "12.345", "99.95", "99.94", "-99.95", "1e2", "1.25e-1"]:
        for precision, scale in [(3, 1), (4, 2), (2, 0), (10, 5), (38, 10)]:
            value = D(text).quantize(D(1).scaleb(-scale), rounding=decimal.ROUND_HALF_UP)
            sql = f"'{text}' AS decimal({precision},{scale})"
            if abs(value) >= D(10) ** (precision - scale):
                out(f"CAST({sql}) !! INVALID_CAST_ARGUMENT")
                out(f"TRY_CAST({sql}) => NULL")
            else:
                shown = format(value, "f")
                shown = shown.lstrip("-") if value == 0 else shown
                out(f"CAST({sql}) => {shown}")
                if "e" not in text:
                    out(f"CAST(DECIMAL '{text}' AS decimal({precision},{scale})) => {shown}")
                    whole = D(text).quantize(D(1), rounding=decimal.ROUND_HALF_UP)
                    out(f"CAST(DECIMAL '{text}' AS bigint) => {int(whole)}")
    for bad in ["", "x", "1.", "--1", "1 2", " 1"]:
        if bad != "1.":
            out(f"TRY_CAST('{bad}' AS decimal(10,2)) => NULL")


def java(value):
    """Double.toString."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "-0.0" if str(value)[0] == "-" else "0.0"
    sign, digits, exponent = D(repr(value)).as_tuple()
    digits = "".join(map(str, digits)).rstrip("0") or "0"
    power = D(repr(value)).adjusted()
    mark = "-" if sign else ""
    if 1e-3 <= abs(value) < 1e7:
        if power < 0:
            return f"{mark}0.{'0' * (-power - 1)}{digits}"
        whole = digits.ljust(power + 1, "0")
        return f"{mark}{whole[:power + 1]}.{whole[power + 1:] or '0'}"
    return f"{mark}{digits[0]}.{digits[1:] or '0'}E{power}"


def doubles(out):
    values = [0.0, 1.0, -1.0, 0.1, 2.5, -2.5, 3.5, 1e7, 9999999.0, 1e-3, 9.99e-4, 123456.789, 1e300, -1e-300, 4.9e-324]
    for a in values:
        text = repr(a) if "e" in repr(a) else repr(a) + "e0"
        out(f"{text} => {java(a)}")
        out(f"CAST({text} AS varchar) => {java(a)}")
        out(f"CAST('{a!r}' AS double) => {java(a)}")
        if abs(a) < 1e15:
            half = D(a).quantize(D(1), rounding=decimal.ROUND_HALF_UP)
            out(f"CAST({text} AS bigint) => {int(half)}")
            cents = D(a).quantize(D("0.01"), rounding=decimal.ROUND_HALF_UP)
            out(f"CAST({text} AS decimal(20,2)) => {format(abs(cents) if cents == 0 else cents, 'f')}")
        for b in values:
            other = repr(b) if "e" in repr(b) else repr(b) + "e0"
            out(f"{text} + {other} => {java(a + b)}")
            out(f"{text} * {other} => {java(a * b)}")
            out(f"{text} < {other} => {'true' if a < b else 'false'}")
            if b != 0:
                out(f"{text} / {other} => {java(a / b)}")
    for bad in ["nan()", "infinity()", "-infinity()", "1e30"]:
        out(f"CAST({bad} AS bigint) !! INVALID_CAST_ARGUMENT")
        out(f"TRY_CAST({bad} AS integer) => NULL")
        out(f"TRY_CAST({bad} AS decimal(10,2)) => NULL")
    for text, value in [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"), (" 1.5 ", "1.5"), ("1e3", "1000.0"),
                        (".5", "0.5"), ("5.", "5.0"), ("2d", "2.0"), ("2f", "2.0")]:
        out(f"CAST('{text}' AS double) => {value}")
    for bad in ["", "x", "1e", "inf", "0x10", "1_000"]:
        out(f"TRY_CAST('{bad}' AS double) => NULL")
        out(f"CAST('{bad}' AS double) !! INVALID_CAST_ARGUMENT")
    kinds = ["tinyint", "smallint", "integer", "bigint", "decimal(5,2)", "real", "double"]
    for i, a in enumerate(kinds):
        for j, b in enumerate(kinds):
            if "real" in (a, b) or "double" in (a, b):
                wider = kinds[max(i, j)]
                for op in "+-*/%":
                    out(f"typeof(CAST(1 AS {a}) {op} CAST(1 AS {b})) => {wider}")
            out(f"CAST(1 AS {a}) = CAST(1 AS {b}) => true")
            out(f"CAST(1 AS {a}) IS DISTINCT FROM CAST(NULL AS {b}) => true")
            out(f"CAST(NULL AS {a}) < CAST(1 AS {b}) => NULL")
            out(f"CAST(CAST(1 AS {a}) AS {b}) => {dict(real='1.0', double='1.0').get(b, '1.00' if 'dec' in b else '1')}")


if __name__ == "__main__":
    lines = ["# Written by oracle/number_cases.py."]
    for part in (integers, decimals, decimal_casts, doubles):
        part(lines.append)
    seen = dict.fromkeys(lines)
    open(sys.argv[1], "w").write("\n".join(seen) + "\n")
    print(len(seen))
