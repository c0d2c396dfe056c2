using System.Buffers;
using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>The values of one group, in the order in which they came first, and what is told of them.</summary>
/// <param name="counts">How often each came, or null where that is not known.</param>
internal sealed class ValueRun<T, TCell>(T[] values, long[]? counts, CellType type)
    where TCell : struct, IValueCell<T>
{
    private static readonly Comparer<T> Order = Comparer<T>.Create(TCell.Compare);
    private (T[] Values, long[]? Counts)? _sorted;

    public void Write(ColumnWriter writer, int column, int row, Reading reading)
    {
        if (!writer.IsRead(column) && reading.Kind != ReadingKind.Sum)
        {
            return;
        }

        switch (reading.Kind)
        {
            case ReadingKind.Sum:
                WriteSum(writer, column, row);
                break;
            case ReadingKind.Mode:
                TCell.Write(writer, column, row, Mode(), type);
                break;
            case ReadingKind.Values:
                writer.SetUtf8(column, row, Json((json, i) => TCell.WriteText(json, Told.Values[i], type)));
                break;
            case ReadingKind.Frequencies:
                writer.SetUtf8(column, row, Json(
                    (json, i) => LongCell.WriteText(json, Told.Counts![i], CellType.Int64)));
                break;
            case ReadingKind.Continuous:
                var place = (Total - 1) * reading.Quantile;
                TCell.WriteBetween(writer, column, row, (
                    AtRank((long)Math.Floor(place)), place - Math.Floor(place), AtRank((long)Math.Ceiling(place))),
                    type);
                break;
            default:
                TCell.Write(writer, column, row, AtRank(reading.Kind == ReadingKind.Discrete
                    ? DiscreteRank(reading) : (long)Math.Floor((Total - 1) * reading.Quantile)), type);
                break;
        }
    }

    private long Total => counts!.Sum();

    /// <summary>The values as they are told: least first where they are counted.</summary>
    private (T[] Values, long[]? Counts) Told => _sorted ??= Sort();

    /// <summary>Of equals the one that came first.</summary>
    private T Mode()
    {
        var (best, most) = (0, 0L);
        for (var i = 0; i < values.Length; i++)
        {
            if (counts![i] > most)
            {
                (best, most) = (i, counts[i]);
            }
        }

        return values[best];
    }

    /// <summary>In DuckDB's arithmetic: of whole numbers where the quantile is a decimal number.</summary>
    private long DiscreteRank(Reading reading)
    {
        var total = Total;
        var above = reading.Exact is { } exact
            ? (long)Math.Floor(total - (exact * total)) : (long)Math.Floor(total - (reading.Quantile * total));
        return Math.Max(1, total - above) - 1;
    }

    private T AtRank(long rank)
    {
        var (ordered, times) = Told;
        var i = 0;
        while (rank >= times![i] && i < ordered.Length - 1)
        {
            rank -= times[i++];
        }

        return ordered[i];
    }

    private void WriteSum(ColumnWriter writer, int column, int row)
    {
        var (whole, real) = ((Int128)0, 0.0);
        foreach (var value in values)
        {
            var amount = TCell.Amount(value);
            (whole, real) = (checked(whole + amount.Whole), real + amount.Real);
        }

        if (type.IsDouble)
        {
            writer.SetDouble(column, row, real);
        }
        else
        {
            WideCell.Write(writer, column, row, whole, type);
        }
    }

    private ReadOnlySpan<byte> Json(Action<Utf8JsonWriter, int> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        for (var i = 0; i < values.Length; i++)
        {
            write(json, i);
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private (T[] Values, long[]? Counts) Sort()
    {
        if (counts is null)
        {
            return (values, null);
        }

        T[] ordered = [.. values];
        long[] times = [.. counts];
        Array.Sort(ordered, times, Order);
        return (ordered, times);
    }
}
