using System.Globalization;
using System.Text;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Processing;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Conversion;

/// <summary>A spool, its conversion and a DuckDB that reads what came of it.</summary>
internal sealed class ConversionScene : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 4, 5, 6, 789, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly IDuckDb _reader;
    private readonly ConversionSlots _slots;
    private int _spools;

    public ConversionScene(int workers = 2)
    {
        _slots = new ConversionSlots(Open("writer", preservesOrder: false), workers);
        _reader = Open("reader", preservesOrder: true);
    }

    public FormatConversion Settings { get; set; } = new() { Database = "raw", Table = "events" };

    public List<(string Code, string Message, ulong Sequence, string Data)> Failed { get; } = [];

    /// <summary>Told of each failed record, after it has been kept.</summary>
    public Action OnFailed { get; set; } = () => { };

    public string OutputPath => Path.Combine(_directory.Path, "out.parquet");

    public IEnumerable<string> Files => Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName)!;

    public static Table Table(params string[] columns) => new()
    {
        Name = new TableName("raw", "events"),
        PartitionKeys = [new Column("year", "string")],
        Storage = new StorageDescriptor
        {
            Columns =
            [
                .. columns.Select(column => column.Split(' ', 2)).Select(parts => new Column(parts[0], parts[1])),
            ],
        },
    };

    public static FlowRecord Record(int index, string json) => new(
        Encoding.UTF8.GetBytes(json), Start.AddMilliseconds(index), new SequenceNumber(1000 + (ulong)index), 0,
        Encoding.UTF8.GetBytes($"key-{index}"), QueryKeys: null, LambdaKeys: null);

    public ParquetConversion Conversion(Table table) => new(Settings, table, _slots);

    public Task<ConvertedRecords> ConvertAsync(Table table, params IEnumerable<string> records) =>
        ConvertAsync(table, records, CancellationToken.None);

    public async Task<ConvertedRecords> ConvertAsync(
        Table table, IEnumerable<string> records, CancellationToken cancellation)
    {
        var path = Path.Combine(
            _directory.Path, string.Create(CultureInfo.InvariantCulture, $"spool-{_spools++}"));
        using var spool = new RecordSpool(path);
        var index = 0;
        foreach (var json in records)
        {
            spool.Append(Record(index++, json));
        }

        spool.Complete();
        Failed.Clear();
        return await Conversion(table).ConvertAsync(path, OutputPath, Keep, cancellation);
    }

    /// <summary>Rows as DuckDB's texts of their columns, NULL as null.</summary>
    public async Task<List<string?[]>> QueryAsync(string sql)
    {
        using var session = _reader.OpenSession();
        using var result = await session.QueryAsync(sql.Replace("$file", $"'{OutputPath}'"), CancellationToken.None);
        var rows = new List<string?[]>();
        while (result.Read())
        {
            rows.Add([.. Enumerable.Range(0, result.Columns.Count).Select(
                column => Convert.ToString(result.GetValue(column), CultureInfo.InvariantCulture)
                    is { Length: > 0 } text ? text : null)]);
        }

        return rows;
    }

    public async Task<string?> ScalarAsync(string sql) => (await QueryAsync(sql))[0][0];

    public void Dispose()
    {
        _slots.Dispose();
        _reader.Dispose();
        _directory.Dispose();
    }

    private void Keep(FailedRecord failed)
    {
        Assert.Equal(ErrorTypes.FormatConversionFailed, failed.ErrorType);
        var data = Encoding.UTF8.GetString(failed.Record.Data.Span);
        Failed.Add((failed.Code, failed.Message, failed.Record.Sequence.Value, data));
        OnFailed();
    }

    private IDuckDb Open(string name, bool preservesOrder) => DuckDbInstance.Open(new DuckDbOptions
    {
        AllowedDirectories = [_directory.Path],
        TempDirectory = Path.Combine(_directory.Path, name),
        MemoryBytesMax = 512L << 20,
        PreservesOrder = preservesOrder,
    });
}
