using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Passes every value on and notes those of one column.</summary>
internal sealed class TimedWriter(int timeColumn, int capacity) : ColumnWriter
{
    private ColumnWriter _inner = null!;

    /// <summary>By row of this fill: microseconds, or <see cref="TimedTable.NoTime"/>.</summary>
    public long[] Times { get; } = new long[capacity];

    public override int Capacity => _inner.Capacity;

    public void Begin(ColumnWriter inner)
    {
        _inner = inner;
        Array.Fill(Times, TimedTable.NoTime);
    }

    public override bool IsRead(int column) => column == timeColumn || _inner.IsRead(column);

    public override void SetNull(int column, int row)
    {
        if (column == timeColumn)
        {
            Times[row] = TimedTable.NoTime;
        }

        _inner.SetNull(column, row);
    }

    public override void SetTimestamp(int column, int row, long microsSinceEpoch)
    {
        if (column == timeColumn)
        {
            Times[row] = microsSinceEpoch;
        }

        _inner.SetTimestamp(column, row, microsSinceEpoch);
    }

    public override void SetBoolean(int column, int row, bool value) => _inner.SetBoolean(column, row, value);

    public override void SetInt32(int column, int row, int value) => _inner.SetInt32(column, row, value);

    public override void SetInt64(int column, int row, long value) => _inner.SetInt64(column, row, value);

    public override void SetDouble(int column, int row, double value) => _inner.SetDouble(column, row, value);

    public override void SetUtf8(int column, int row, ReadOnlySpan<byte> value) => _inner.SetUtf8(column, row, value);

    public override void SetDate(int column, int row, int daysSinceEpoch) =>
        _inner.SetDate(column, row, daysSinceEpoch);

    public override void SetDecimal(int column, int row, long unscaled) => _inner.SetDecimal(column, row, unscaled);
}
