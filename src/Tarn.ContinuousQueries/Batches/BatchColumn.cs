using System.Text;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>A column of values read from DuckDB, packed by kind. Filled by one thread, then read by many.</summary>
internal sealed class BatchColumn(CellType type)
{
    private const int FirstCapacity = 64;
    private static readonly long MicrosMin =
        (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long MicrosMax =
        (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private long[] _longs = [];
    private double[] _doubles = [];
    private int[] _ends = [];
    private byte[] _bytes = [];
    private bool[] _valid = [];
    private (int First, int Count)[] _lists = [];
    private int _bytesUsed;

    public CellType Type { get; } = type;

    /// <summary>Values of all rows' lists.</summary>
    public BatchColumn Items { get; } = type.Item is { } item ? new BatchColumn(item) : null!;

    public int Count { get; private set; }

    public bool IsNull(int row) => !_valid[row];

    public long Long(int row) => _longs[row];

    public double Double(int row) => _doubles[row];

    public ReadOnlySpan<byte> Text(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _bytes.AsSpan(start, _ends[row] - start);
    }

    /// <summary>Where a row's list lies among <see cref="Items"/>; of NULL nothing.</summary>
    public (int First, int Count) List(int row) => _lists[row];

    /// <summary>Adds the rows of a chunk, of which it is that column.</summary>
    public void Append(ResultChunk chunk, int column)
    {
        var (first, count) = (Count, chunk.Count);
        if (count == 0)
        {
            return;
        }

        Count = checked(first + count);
        Reserve(ref _valid, Count);
        chunk.CopyValidity(column, _valid.AsSpan(first, count));
        switch (Type.Kind)
        {
            case CellKind.Double:
                Reserve(ref _doubles, Count);
                chunk.CopyDoubles(column, _doubles.AsSpan(first, count));
                break;
            case CellKind.Text:
                Reserve(ref _ends, Count);
                AppendText(chunk, column, first);
                break;
            case CellKind.List:
                Reserve(ref _lists, Count);
                AppendLists(chunk, column, _lists.AsSpan(first, count));
                break;
            default:
                Reserve(ref _longs, Count);
                chunk.CopyWholes(column, _longs.AsSpan(first, count));
                break;
        }
    }

    /// <summary>Layout: docs/formats/sink-output.md, "Columns".</summary>
    public void Save(SnapshotWriter writer, int count)
    {
        for (var row = 0; row < count; row++)
        {
            writer.WriteBoolean(_valid[row]);
            if (!_valid[row])
            {
                continue;
            }

            if (Type.IsText)
            {
                writer.WriteBytes(Text(row));
            }
            else
            {
                writer.WriteInt64(Type.IsDouble ? BitConverter.DoubleToInt64Bits(_doubles[row]) : _longs[row]);
            }
        }
    }

    /// <summary>Fills an empty column with what <see cref="Save"/> wrote.</summary>
    public void Load(SnapshotReader reader, int count)
    {
        Count = count;
        (_valid, _longs, _doubles, _ends) = (new bool[count], new long[count], new double[count], new int[count]);
        for (var row = 0; row < count; row++)
        {
            _valid[row] = reader.ReadBoolean();
            if (_valid[row] && Type.IsText)
            {
                var text = reader.ReadBytes();
                Reserve(ref _bytes, checked(_bytesUsed + text.Length));
                text.CopyTo(_bytes.AsSpan(_bytesUsed));
                _bytesUsed += text.Length;
            }
            else if (_valid[row])
            {
                _longs[row] = reader.ReadInt64();
                _doubles[row] = BitConverter.Int64BitsToDouble(_longs[row]);
            }

            _ends[row] = _bytesUsed;
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

    /// <summary>null, bool, long, double, decimal, string, DateTime (UTC) or DateOnly. Throws Unsupported for a time
    /// outside the years 1 to 9999, such as infinity.</summary>
    public object? Value(int row) => IsNull(row) ? null : Type.Kind switch
    {
        CellKind.Boolean => _longs[row] != 0,
        CellKind.Double => _doubles[row],
        CellKind.Text => Encoding.UTF8.GetString(Text(row)),
        CellKind.Date => DateOnly.FromDateTime(
            Time(Math.Clamp(_longs[row], int.MinValue, int.MaxValue) * TimeSpan.MicrosecondsPerDay)),
        CellKind.Timestamp => Time(_longs[row]),
        CellKind.Decimal => Decimal(_longs[row]),
        _ => _longs[row],
    };

    private DateTime Time(long micros) => micros >= MicrosMin && micros <= MicrosMax
        ? DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond)
        : throw new TarnException(
            ErrorKind.Unsupported,
            $"a {Type.Sql} outside the years 1 to 9999 is not carried",
            hint: "cast it to VARCHAR");

    /// <summary>With all its places: 12.50 stays 12.50.</summary>
    private decimal Decimal(long unscaled)
    {
        var magnitude = Int128.Abs(unscaled);
        return new decimal(
            unchecked((int)magnitude), unchecked((int)(magnitude >> 32)), hi: 0, unscaled < 0, (byte)Type.Scale);
    }

    private void AppendLists(ResultChunk chunk, int column, Span<(int First, int Count)> lists)
    {
        chunk.CopyLists(column, lists);
        foreach (ref var list in lists)
        {
            list.First += Items.Count;
        }

        Items.Append(chunk.Items(column), 0);
    }

    private void AppendText(ResultChunk chunk, int column, int first)
    {
        for (var row = 0; row < chunk.Count; row++)
        {
            var text = chunk.Utf8(column, row);
            Reserve(ref _bytes, checked(_bytesUsed + text.Length));
            text.CopyTo(_bytes.AsSpan(_bytesUsed));
            _bytesUsed += text.Length;
            _ends[first + row] = _bytesUsed;
        }
    }

    private static void Reserve<T>(ref T[] values, int count)
    {
        if (values.Length < count)
        {
            var doubled = Math.Min(values.Length * 2L, Array.MaxLength);
            Array.Resize(ref values, (int)Math.Max(Math.Max(count, FirstCapacity), doubled));
        }
    }
}
