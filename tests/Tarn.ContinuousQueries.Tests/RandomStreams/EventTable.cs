using System.Globalization;
using System.Text;
using Tarn.DuckDb;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>The random streams' records: as a source over the stream, and as a plain table that holds all of
/// them.</summary>
internal static class EventTable
{
    public const string Stream = "events";

    private static readonly IReadOnlyList<DuckDbColumn> Columns =
    [
        new("id", "BIGINT"), new("user_id", "VARCHAR"), new("game", "VARCHAR"), new("score", "BIGINT"),
        new("rating", "DOUBLE"), new("price", "DECIMAL(10,2)"), new("won", "BOOLEAN"), new("level", "INTEGER"),
        new("day", "DATE"), new("tags", "JSON"), new("ts", "TIMESTAMP"),
    ];

    private static string ColumnList => string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"));

    public static string PlainSource(string name) =>
        $"CREATE SOURCE {name} ({ColumnList}) FROM STREAM '{Stream}' FORMAT JSON";

    public static string TimedSource(string name, TimeSpan delay)
    {
        var seconds = delay.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return $"CREATE SOURCE {name} ({ColumnList}, WATERMARK FOR ts AS ts - INTERVAL '{seconds} seconds') "
            + $"FROM STREAM '{Stream}' FORMAT JSON";
    }

    /// <summary>A session in which <paramref name="name"/> holds the records that can be read.</summary>
    public static IDuckDbSession OpenBatch(IDuckDb duckDb, string name, IEnumerable<string> payloads)
    {
        var session = duckDb.OpenSession();
        session.RegisterTable(name, new JsonRecordTable(
            Columns,
            [.. payloads.Select(payload => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(payload))],
            _ => { }));
        return session;
    }
}
