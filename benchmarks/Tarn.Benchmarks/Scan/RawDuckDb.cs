using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;

namespace Tarn.Benchmarks.Scan;

/// <summary>
/// The peer: DuckDB.NET on an instance of its own, without SQL translation, catalog, limits or result objects.
/// </summary>
internal sealed class RawDuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    public RawDuckDb() => _connection.Open();

    /// <summary>Runs a statement and reads all of its rows as text.</summary>
    public (TimeSpan Elapsed, IReadOnlyList<string> Rows) Run(string sql)
    {
        var clock = Stopwatch.StartNew();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var cells = Enumerable.Range(0, reader.FieldCount)
                .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
            rows.Add(string.Join(' ', cells));
        }

        return (clock.Elapsed, rows);
    }

    public void Dispose() => _connection.Dispose();
}
