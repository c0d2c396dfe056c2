using System.Text;
using Tarn.ContinuousQueries.Runtime;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>
/// The records that a view did not count, as tables beside it: <c>VIEW_late</c> and <c>VIEW_errors</c>, the newest of
/// them, as many as the server keeps.
/// </summary>
internal sealed class SideTable : INativeTable
{
    public const string LateSuffix = "_late";
    public const string ErrorsSuffix = "_errors";

    private readonly IReadOnlyList<IReadOnlyList<object>> _rows;

    private SideTable(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<IReadOnlyList<object>> rows)
    {
        Columns = columns;
        _rows = rows;
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    public static SideTable OfLate(IReadOnlyList<LateRecord> records) => new(
        [
            new("source", "VARCHAR"), new("shard_id", "VARCHAR"), new("sequence_number", "VARCHAR"),
            new("arrival_time", "TIMESTAMP"), new("event_time", "TIMESTAMP"), new("watermark", "TIMESTAMP"),
            new("record", "VARCHAR"),
        ],
        [
            .. records.Select(record => (IReadOnlyList<object>)
            [
                record.Source, record.ShardId, Number(record.SequenceNumber), Micros(record.ArrivalTime),
                record.EventTime, record.Watermark, record.Record,
            ]),
        ]);

    public static SideTable OfErrors(IReadOnlyList<BadRecord> records) => new(
        [
            new("shard_id", "VARCHAR"), new("sequence_number", "VARCHAR"), new("arrival_time", "TIMESTAMP"),
            new("reason", "VARCHAR"),
        ],
        [
            .. records.Select(record => (IReadOnlyList<object>)
                [record.ShardId, Number(record.SequenceNumber), Micros(record.ArrivalTime), record.Reason]),
        ]);

    public INativeTableScan Open() => new Scan(_rows);

    private static string Number(ulong number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    private sealed class Scan(IReadOnlyList<IReadOnlyList<object>> rows) : INativeTableScan
    {
        private int _next;

        public int Fill(ColumnWriter writer)
        {
            var count = Math.Min(writer.Capacity, rows.Count - _next);
            for (var row = 0; row < count; row++, _next++)
            {
                for (var column = 0; column < rows[_next].Count; column++)
                {
                    if (rows[_next][column] is long micros)
                    {
                        writer.SetTimestamp(column, row, micros);
                    }
                    else
                    {
                        writer.SetUtf8(column, row, Encoding.UTF8.GetBytes((string)rows[_next][column]));
                    }
                }
            }

            return count;
        }

        public void Dispose()
        {
        }
    }
}
