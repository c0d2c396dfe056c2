#pragma warning disable CA1000 // one set of accessors per type is the point
using Tarn.Primitives.Errors;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>How a C# type stands in DuckDB: its type, how an argument is read and a result is written.</summary>
internal static class Cell<T>
{
    private static readonly (string Type, object Read, object Write) Row = Find();

    public static string Type => Row.Type;

    public static Func<FunctionRow, int, T> Read { get; } = (Func<FunctionRow, int, T>)Row.Read;

    public static Action<FunctionRow, T> Write { get; } = (Action<FunctionRow, T>)Row.Write;

    private static (string Type, object Read, object Write) Find() =>
        Scalar() ?? Moment() ?? List()
        ?? throw new InvalidOperationException($"{typeof(T).Name} is no type of a function");

    private static (string, object, object)? Scalar()
    {
        var type = typeof(T);
        return type == typeof(bool) ? Value("BOOLEAN", (row, i) => row.GetBoolean(i), (row, v) => row.SetBoolean(v))
            : type == typeof(bool?)
                ? Optional<bool>("BOOLEAN", (row, i) => row.GetBoolean(i), (row, v) => row.SetBoolean(v))
            : type == typeof(int) ? Value("INTEGER", (row, i) => row.GetInt32(i), (row, v) => row.SetInt32(v))
            : type == typeof(int?) ? Optional<int>("INTEGER", (row, i) => row.GetInt32(i), (row, v) => row.SetInt32(v))
            : type == typeof(long) ? Value("BIGINT", (row, i) => row.GetInt64(i), (row, v) => row.SetInt64(v))
            : type == typeof(long?) ? Optional<long>("BIGINT", (row, i) => row.GetInt64(i), (row, v) => row.SetInt64(v))
            : type == typeof(Int128) ? Value("HUGEINT", (row, i) => row.GetInt128(i), (row, v) => row.SetInt128(v))
            : type == typeof(float) ? Value("FLOAT", (row, i) => row.GetSingle(i), (row, v) => row.SetSingle(v))
            : type == typeof(double) ? Value("DOUBLE", (row, i) => row.GetDouble(i), (row, v) => row.SetDouble(v))
            : type == typeof(double?)
                ? Optional<double>("DOUBLE", (row, i) => row.GetDouble(i), (row, v) => row.SetDouble(v))
            : type == typeof(string)
                ? Reference<string>("VARCHAR", (row, i) => row.GetText(i), (row, v) => row.SetText(v))
            : type == typeof(byte[])
                ? Reference<byte[]>("BLOB", (row, i) => row.GetBytes(i).ToArray(), (row, v) => row.SetBytes(v))
            : null;
    }

    private static (string, object, object)? Moment()
    {
        var type = typeof(T);
        return type == typeof(DateOnly) ? Value("DATE", Day, (row, v) => row.SetInt32(v.DayNumber - EpochDay))
            : type == typeof(DateTime) ? Value("TIMESTAMP", Time, (row, v) => row.SetInt64(Micros(v)))
            : type == typeof(DateTimeOffset)
                ? Value(
                    "TIMESTAMPTZ",
                    (row, i) => new DateTimeOffset(Time(row, i), TimeSpan.Zero),
                    (row, v) => row.SetInt64(Micros(v.UtcDateTime)))
            : null;
    }

    private static (string, object, object)? List()
    {
        var type = typeof(T);
        return type == typeof(string?[])
                ? Reference<string?[]>("VARCHAR[]", Texts, (row, v) => row.SetList(v.Length, (cell, at) =>
                {
                    if (v[at] is { } text)
                    {
                        cell.SetText(text);
                    }
                }))
            : type == typeof(long[])
                ? Reference<long[]>(
                    "BIGINT[]",
                    (row, i) => Elements(row.GetList(i), (list, at) => list.GetInt64(at)),
                    (row, v) => row.SetList(v.Length, (cell, at) => cell.SetInt64(v[at])))
            : type == typeof(double[])
                ? Reference<double[]>(
                    "DOUBLE[]",
                    (row, i) => Elements(row.GetList(i), (list, at) => list.GetDouble(at)),
                    (row, v) => row.SetList(v.Length, (cell, at) => cell.SetDouble(v[at])))
            : null;
    }

    private const long MicroTicks = 10;

    private static int EpochDay => DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static DateOnly Day(FunctionRow row, int index)
    {
        var day = (long)row.GetInt32(index) + EpochDay;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day)
            : throw OutOfRange();
    }

    private static DateTime Time(FunctionRow row, int index)
    {
        var micros = row.GetInt64(index);
        return micros >= Micros(DateTime.MinValue) && micros <= Micros(DateTime.MaxValue)
            ? DateTime.UnixEpoch.AddTicks(micros * MicroTicks)
            : throw OutOfRange();
    }

    private static long Micros(DateTime value) =>
        Math.DivRem(value.Ticks - DateTime.UnixEpoch.Ticks, MicroTicks).Quotient;

    private static string?[] Texts(FunctionRow row, int index) =>
        Elements(row.GetList(index), (list, at) => list.IsNull(at) ? null : list.GetText(at));

    private static TElement[] Elements<TElement>(FunctionRow list, Func<FunctionRow, int, TElement> read)
    {
        var elements = new TElement[list.Count];
        for (var at = 0; at < elements.Length; at++)
        {
            elements[at] = read(list, at);
        }

        return elements;
    }

    private static (string, object, object) Value<TValue>(
        string type, Func<FunctionRow, int, TValue> read, Action<FunctionRow, TValue> write) => (type, read, write);

    private static (string, object, object) Optional<TValue>(
        string type, Func<FunctionRow, int, TValue> read, Action<FunctionRow, TValue> write)
        where TValue : struct
    {
        Func<FunctionRow, int, TValue?> readOptional = (row, i) => row.IsNull(i) ? null : read(row, i);
        Action<FunctionRow, TValue?> writeOptional = (row, value) =>
        {
            if (value is { } known)
            {
                write(row, known);
            }
        };
        return (type, readOptional, writeOptional);
    }

    private static (string, object, object) Reference<TValue>(
        string type, Func<FunctionRow, int, TValue> read, Action<FunctionRow, TValue> write)
        where TValue : class
    {
        Func<FunctionRow, int, TValue?> readOptional = (row, i) => row.IsNull(i) ? null : read(row, i);
        Action<FunctionRow, TValue?> writeOptional = (row, value) =>
        {
            if (value is not null)
            {
                write(row, value);
            }
        };
        return (type, readOptional, writeOptional);
    }

    private static TarnException OutOfRange() =>
        new(ErrorKind.Invalid, "the date is outside the years 1 to 9999") { Code = "NUMERIC_VALUE_OUT_OF_RANGE" };
}
