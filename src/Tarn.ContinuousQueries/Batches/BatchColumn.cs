using System.Globalization;
using System.Text;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>A column of values read from DuckDB, packed by kind. Filled by one thread, then read by many.</summary>
internal sealed class BatchColumn(CellType type)
{
    private static readonly decimal[] Tens = [.. Enumerable.Range(0, 19).Select(n => (decimal)Math.Pow(10, n))];
    private const int FirstCapacity = 64;

    private long[] _longs = type.IsDouble || type.IsText ? [] : new long[FirstCapacity];
    private double[] _doubles = type.IsDouble ? new double[FirstCapacity] : [];
    private int[] _ends = type.IsText ? new int[FirstCapacity] : [];
    private byte[] _bytes = type.IsText ? new byte[FirstCapacity * 8] : [];
    private bool[] _valid = new bool[FirstCapacity];
    private int _bytesUsed;

    public CellType Type { get; } = type;

    public int Count { get; private set; }

    public bool IsNull(int row) => !_valid[row];

    public long Long(int row) => _longs[row];

    public double Double(int row) => _doubles[row];

    public ReadOnlySpan<byte> Text(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _bytes.AsSpan(start, _ends[row] - start);
    }

    /// <summary>Adds a value as DuckDB's result gives it.</summary>
    public void Append(object? value)
    {
        if (Count == _valid.Length)
        {
            Grow();
        }

        var row = Count++;
        _valid[row] = value is not null;
        switch (Type.Kind)
        {
            case CellKind.Double:
                _doubles[row] = value is double number ? number : 0;
                break;
            case CellKind.Text:
                AppendText((string?)value);
                _ends[row] = _bytesUsed;
                break;
            default:
                _longs[row] = value is null ? 0 : ToLong(value);
                break;
        }
    }

    /// <summary>Writes a row's value into DuckDB's vector; NULL is left unwritten.</summary>
    public void Write(ColumnWriter writer, int column, int row, int targetRow)
    {
        if (IsNull(row))
        {
            return;
        }

        if (Type.IsText)
        {
            writer.SetUtf8(column, targetRow, Text(row));
        }
        else if (Type.IsDouble)
        {
            writer.SetDouble(column, targetRow, _doubles[row]);
        }
        else
        {
            CellWriter.Write(writer, column, targetRow, _longs[row], Type);
        }
    }

    /// <summary>null, bool, long, double, decimal, string, DateTime (UTC) or DateOnly.</summary>
    public object? Value(int row) => IsNull(row) ? null : Type.Kind switch
    {
        CellKind.Boolean => _longs[row] != 0,
        CellKind.Double => _doubles[row],
        CellKind.Text => Encoding.UTF8.GetString(Text(row)),
        CellKind.Date => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(_longs[row])),
        CellKind.Timestamp => DateTime.UnixEpoch.AddTicks(_longs[row] * TimeSpan.TicksPerMicrosecond),
        CellKind.Decimal => _longs[row] / Tens[Type.Scale],
        _ => _longs[row],
    };

    private long ToLong(object value) => value switch
    {
        long number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        DateOnly date => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
        DateTime time => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        decimal number => (long)(number * Tens[Type.Scale]),
        _ => throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"{Type.Sql} came as {value.GetType().Name}")),
    };

    private void AppendText(string? text)
    {
        if (text is null)
        {
            return;
        }

        var needed = checked(_bytesUsed + Encoding.UTF8.GetMaxByteCount(text.Length));
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        }

        _bytesUsed += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_bytesUsed));
    }

    private void Grow()
    {
        var capacity = checked(_valid.Length * 2);
        Array.Resize(ref _valid, capacity);
        switch (Type.Kind)
        {
            case CellKind.Double:
                Array.Resize(ref _doubles, capacity);
                break;
            case CellKind.Text:
                Array.Resize(ref _ends, capacity);
                break;
            default:
                Array.Resize(ref _longs, capacity);
                break;
        }
    }
}
