using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Writers;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Jobs.Tests.Compaction;

/// <summary>Small objects become one: which, when, and what the new one holds.</summary>
public sealed class CompactionTests : IDisposable
{
    private static readonly TimeSpan Ripe = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = JobsLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(".json.gz")]
    [InlineData(".json.bz2")]
    [InlineData(".json.zst")]
    [InlineData(".json")]
    public async Task Run_SmallObjectsOfAClosedHour_BecomeOneAndGoAfterTheGraceTime(string extension)
    {
        await using var lake = await OpenAsync();
        await EventsTable.PutAsync(lake, "a" + extension, 1, 2);
        await EventsTable.PutTextAsync(
            lake, "b" + extension, "\uFEFF{\"n\":3,\"game\":\"x\"}\n\n{\"n\":4,\"game\":\"y\"}");
        await EventsTable.PutAsync(lake, "c" + extension, 5);
        _time.Advance(Ripe);

        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((3L, 1L, 3, null), (status.ObjectsIn, status.ObjectsOut, status.ObjectsInGrace, status.Error));
        var names = await EventsTable.NamesAsync(lake);
        Assert.Equal(["a" + extension, "b" + extension, "c" + extension], names.Take(3));
        var made = Assert.Single(names.Skip(3));
        Assert.StartsWith("compacted-", made, StringComparison.Ordinal);
        Assert.EndsWith(extension, made, StringComparison.Ordinal);
        Assert.Equal(
            """
            {"n":1,"game":"g1"}
            {"n":2,"game":"g0"}
            {"n":3,"game":"x"}

            {"n":4,"game":"y"}
            {"n":5,"game":"g1"}

            """.ReplaceLineEndings("\n"),
            await EventsTable.ReadAsync(lake, made));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], (await EventsTable.RowsAsync(lake)).OfType<long>());
        Assert.Equal(names, await EventsTable.NamesAsync(lake));

        _time.Advance(Grace);
        status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((3L, 1L, 0, null), (status.ObjectsIn, status.ObjectsOut, status.ObjectsInGrace, status.Error));
        Assert.Equal([made], await EventsTable.NamesAsync(lake));
        Assert.Empty(await lake.Metadata.ListAsync("compaction-plan", "", null, 10, default));
        Assert.Empty(await lake.Metadata.ListAsync("excluded-objects", "", null, 10, default));
    }

    [Fact]
    public async Task Run_ParquetObjects_BecomeOneOfTheSameColumnsAndCodec()
    {
        await using var lake = await OpenAsync(SerDeNames.Parquet);
        await lake.PutParquetAsync(EventsTable.Folder + "a.parquet", "SELECT 1::BIGINT AS n, 'x' AS game", "gzip");
        await lake.PutParquetAsync(EventsTable.Folder + "b.parquet", "SELECT 2::BIGINT AS n, 'y' AS game", "gzip");
        await lake.PutParquetAsync(EventsTable.Folder + "c.parquet", "SELECT 3::BIGINT AS n, 'z' AS game", "zstd");
        await lake.PutParquetAsync(EventsTable.Folder + "d.parquet", "SELECT 4::INTEGER AS n, 'z' AS game", "gzip");
        _time.Advance(Ripe);

        await lake.Compaction.RunAsync(EventsTable.Name, default);
        _time.Advance(Grace);
        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((2L, 1L, null), (status.ObjectsIn, status.ObjectsOut, status.Error));
        var names = await EventsTable.NamesAsync(lake);
        Assert.Equal(
            ["c.parquet", "compacted-", "d.parquet"], names.Select(name => name.Length < 12 ? name : name[..10]));
        Assert.Equal([1L, 2L, 3L, 4L], (await EventsTable.RowsAsync(lake)).OfType<long>());
        Assert.Equal(["GZIP"], await lake.ParquetAsync(
            EventsTable.Folder + names[1], "SELECT DISTINCT compression FROM parquet_metadata({0})"));
    }

    [Fact]
    public async Task Run_HourNotOverOrObjectsTooNew_LeavesThem()
    {
        await using var lake = await OpenAsync();
        await EventsTable.PutAsync(lake, "a.json", 1);
        await EventsTable.PutAsync(lake, "b.json", 2);
        _time.Advance(Ripe - TimeSpan.FromSeconds(1));

        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((0L, null), (status.ObjectsIn, status.Error));
        Assert.Equal(["a.json", "b.json"], await EventsTable.NamesAsync(lake));
    }

    [Fact]
    public async Task Run_AnObjectPutLate_IsTakenByTheNext()
    {
        await using var lake = await OpenAsync();
        await EventsTable.PutAsync(lake, "a.json.gz", 1);
        await EventsTable.PutAsync(lake, "b.json.gz", 2);
        _time.Advance(Ripe);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        await EventsTable.PutAsync(lake, "late.json.gz", 3);
        _time.Advance(Ripe);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        _time.Advance(Grace);

        await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal([1L, 2L, 3L], await EventsTable.RowsAsync(lake));
        Assert.StartsWith("compacted-", Assert.Single(await EventsTable.NamesAsync(lake)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DamagedObject_IsLeftAloneAndTheOthersBecomeOne()
    {
        await using var lake = await OpenAsync();
        await EventsTable.PutAsync(lake, "a.json.gz", 1);
        using var damaged = new MemoryStream([0x1F, 0x8B, 8, 0, 1, 2, 3]);
        await lake.Store.PutAsync(
            new ObjectKey("lake", EventsTable.Folder + "b.json.gz"), damaged, ObjectAttributes.None, default);
        await EventsTable.PutTextAsync(lake, "c.json.gz", "1,2,3\n");
        await EventsTable.PutAsync(lake, "d.json.gz", 4);
        _time.Advance(Ripe);

        await lake.Compaction.RunAsync(EventsTable.Name, default);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((2L, 2), (status.ObjectsIn, status.ObjectsLeftAlone));
        _time.Advance(Grace);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal(
            ["b.json.gz", "c.json.gz", "compacted-"],
            (await EventsTable.NamesAsync(lake)).Select(name => name.Length < 12 ? name : name[..10]));
    }

    [Fact]
    public async Task Run_ObjectThatItsWriterMayPutAgain_IsNotTaken()
    {
        var writer = new Writer(new ObjectKey("lake", EventsTable.Folder + "b.json"));
        await using var lake = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None, [writer]);
        await EventsTable.MakeAsync(lake);
        await EventsTable.PutAsync(lake, "a.json", 1);
        await EventsTable.PutAsync(lake, "b.json", 2);
        await EventsTable.PutAsync(lake, "c.json", 3);
        _time.Advance(Ripe);

        await lake.Compaction.RunAsync(EventsTable.Name, default);
        _time.Advance(Grace);
        await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal(
            ["b.json", "compacted-"],
            (await EventsTable.NamesAsync(lake)).Select(name => name.Length < 12 ? name : name[..10]));
    }

    [Fact]
    public async Task Run_TableWithoutPartitions_CutsWhereTheTargetIsReached()
    {
        await using var lake = await OpenAsync();
        await lake.Catalog.CreateTableAsync(
            EventsTable.Define(SerDeNames.OpenXJson) with
            {
                Name = new("raw", "flat"),
                PartitionKeys = [],
                Storage = new()
                {
                    Columns = [new("n", "bigint")], Location = "s3://lake/flat", SerDe = SerDeNames.OpenXJson,
                },
            },
            default);
        var line = "{\"n\":1}" + new string(' ', 400 << 10) + "\n";
        foreach (var name in "abcd")
        {
            using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line));
            await lake.Store.PutAsync(new("lake", $"flat/{name}.json"), body, ObjectAttributes.None, default);
        }

        _time.Advance(Ripe);
        await lake.Compaction.RunAsync(new("raw", "flat"), default);
        _time.Advance(Grace);
        await lake.Compaction.RunAsync(new("raw", "flat"), default);

        var keys = await lake.KeysAsync("flat/");
        Assert.Equal(2, keys.Count);
        Assert.StartsWith("flat/compacted-", keys[0], StringComparison.Ordinal);
        Assert.Equal("flat/d.json", keys[1]);
        Assert.Equal([4L], await lake.SelectAsync("SELECT count(*) FROM raw.flat"));
    }

    [Fact]
    public async Task Run_UnknownTableOrNoSetting_SaysSo()
    {
        await using var lake = await JobsLake.CreateAsync(_directory.Path, _time, Faults.None);

        var unknown = await Assert.ThrowsAsync<TarnException>(
            () => lake.Compaction.RunAsync(new("raw", "none"), default));
        var without = await Assert.ThrowsAsync<TarnException>(
            () => lake.Compaction.RunAsync(new("raw", "scores"), default));

        Assert.Equal((ErrorKind.NotFound, ErrorKind.Invalid), (unknown.Kind, without.Kind));
        Assert.Contains(CompactionSettings.TargetBytesName, without.Hint, StringComparison.Ordinal);
        Assert.Empty(await lake.Compaction.ListAsync(default));
    }

    private async Task<JobsLake> OpenAsync(string serDe = SerDeNames.OpenXJson)
    {
        var lake = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        await EventsTable.MakeAsync(lake, serDe);
        return lake;
    }

    private sealed class Writer(params ObjectKey[] keys) : IUnfinishedWrites
    {
        public Task<IReadOnlySet<ObjectKey>> ListAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlySet<ObjectKey>>(keys.ToHashSet());
    }
}
